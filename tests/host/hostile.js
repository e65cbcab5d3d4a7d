// A page with hotkeys, an extended Array, and a note of everything that goes wrong or happens.

Array.prototype.last = function () {
  return this[this.length - 1];
};
window.name = "harbour";
window.heard = [];
window.wrong = [];

addEventListener("error", (event) => wrong.push(event.message));
addEventListener("unhandledrejection", (event) => wrong.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => wrong.push(`${event.violatedDirective} ${event.blockedURI}`));
document.addEventListener("keydown", (event) => {
  const writing = /^(input|textarea|select)$/.test(event.target.localName);
  if (!writing && event.key.length === 1 && !event.ctrlKey) heard.push(event.key);
});

document.addEventListener("input", ({ target }) => {
  if (target.closest("#looks")) document.getElementById("whole").style.setProperty(target.name, target.value + (target.dataset.unit ?? ""));
});
