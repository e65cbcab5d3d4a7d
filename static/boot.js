// The page's only script: brings the explorer into `#explorer`, or says plainly why it can't.

const place = document.getElementById("explorer");

try {
  // Not a static import: if the file is missing, this module has to be running to say so.
  const { default: init, mountPage, pageStopped } = await import("./article-explorer.js");
  await init();
  stopsWith(pageStopped);
  await mountPage();
} catch (error) {
  console.error(error);
  place.replaceChildren(message(error));
}

// A panic ends the program in the middle of what it did, and reaches the page as an error that nobody caught.
function stopsWith(say) {
  const listen = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError) || place.querySelector(".load-failed")) return;
    try {
      say();
    } catch {
      place.replaceChildren(message(error));
    }
  };
  addEventListener("error", (event) => listen(event.error));
  addEventListener("unhandledrejection", (event) => listen(event.reason));
}

function message(error) {
  const box = element("section", { className: "load-failed", role: "alert" });
  const again = element("a", { href: "", textContent: "Try again" });
  // Following the link would only jump within the page when its address ends in a #fragment.
  again.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  const details = element("details");
  details.append(element("summary", { textContent: "Details" }), element("p", { textContent: String(error) }));
  box.append(
    element("h1", { textContent: "The articles could not be loaded" }),
    element("p", { textContent: reason(error) }),
    again,
    details,
  );
  return box;
}

function reason(error) {
  if (typeof WebAssembly !== "object") {
    return "This browser can't run WebAssembly, or has it switched off (lockdown modes do that). Another browser will show them.";
  }
  if (!navigator.onLine) {
    return "Your device is offline. They load as soon as it is connected again.";
  }
  if (error instanceof WebAssembly.CompileError) {
    return /content security policy|unsafe-eval/i.test(error.message)
      ? "This site's security policy does not let WebAssembly run: its script-src needs 'wasm-unsafe-eval'."
      : "What the server sent is not the explorer, or was damaged on the way, or this browser is too old for it.";
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return "The explorer stopped unexpectedly while it started.";
  }
  return "A part of the page did not arrive: the connection broke, or the file is missing on the server.";
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
