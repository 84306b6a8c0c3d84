/* The filter bar: weeks and days are two ways to say the same; who chooses weeks takes the days back. */

function takeDaysBack(event) {
  const form = event.target.closest("[data-bar]");
  if (!form || event.target.name !== "weeks") return;
  for (const name of ["start", "end"]) form.elements[name].value = "";
}

/* And who chooses days, the weeks. */
function takeWeeksBack(event) {
  const form = event.target.closest("[data-bar]");
  if (!form || !["start", "end"].includes(event.target.name) || !event.target.value) return;
  for (const weeks of form.querySelectorAll("[name=weeks]")) weeks.checked = false;
}

// Before htmx hears of the change and sends the form.
document.addEventListener("change", takeDaysBack, true);
document.addEventListener("change", takeWeeksBack, true);
