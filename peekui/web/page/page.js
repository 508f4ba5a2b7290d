// What textual.js leaves open: where its websocket is, who gets the keys, what is seen when the session ends, and a
// clipboard that refuses.
"use strict";

// It is looked up when the page has loaded.
document.querySelector(".textual-terminal").dataset.sessionWebsocketUrl =
  location.origin.replace(/^http/, "ws") + "/ws";

// textual.js says by these classes how far it is.
const ended = document.getElementById("ended");
ended.querySelector("button").onclick = () => location.reload();
new MutationObserver((_, observer) => {
  const { classList } = document.body;
  if (classList.contains("-first-byte")) document.querySelector(".xterm-helper-textarea").focus();
  if (classList.contains("-closed")) {
    observer.disconnect();
    ended.showModal();
  }
}).observe(document.body, { attributeFilter: ["class"] });

// xterm.js hands what peekui copies to navigator.clipboard, which may refuse, and is not there on plain HTTP from
// another machine.
const clipboard = navigator.clipboard;

function show(text) {
  const dialog = document.getElementById("uncopied");
  const area = dialog.querySelector("textarea");
  area.value = text;
  dialog.showModal();
  area.select();
}

Object.defineProperty(navigator, "clipboard", {
  value: {
    writeText: async (text) => {
      try {
        await clipboard.writeText(text);
      } catch {
        show(text);
      }
    },
    readText: async () => "", // no program on the other side reads what somebody else copied
  },
});
