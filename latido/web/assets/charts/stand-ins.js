/* What a browser has and the engine on the server lacks. Nothing moves there, so nothing needs to be called later. */
const never = () => 0;
globalThis.setTimeout ??= never;
globalThis.clearTimeout ??= never;
globalThis.requestAnimationFrame ??= never;
