/* Buttons that copy: <button data-copy="id of what is copied">, <button data-copy-link> for the page's address.

   They are hidden until this script can serve them, and say in words, also to screen readers, what came of it. */

const SHOWN = 2000; // milliseconds

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text); // without TLS there is no clipboard
  }
}

function copiedBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "vh";
  field.readOnly = true;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

/* The one place that speaks: a region has to be there before it says something. */
function say(text) {
  let region = document.getElementById("copy-said");
  if (!region) {
    region = document.createElement("p");
    region.id = "copy-said";
    region.className = "vh";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

function tell(button, text) {
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  label.textContent = text;
  clearTimeout(Number(button.dataset.timer));
  button.dataset.timer = setTimeout(() => { label.textContent = button.dataset.label; }, SHOWN);
  say(text);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-link]");
  if (!button) return;
  const source = button.dataset.copy ? document.getElementById(button.dataset.copy) : null;
  const done = await copied(source ? source.textContent : location.href);
  button.focus();
  tell(button, done ? button.dataset.done : button.dataset.failed);
});

function show() {
  for (const button of document.querySelectorAll("[data-copy][hidden], [data-copy-link][hidden]")) button.hidden = false;
}

document.addEventListener("htmx:after:swap", show);
show();
