// A screenshot that is pasted lands in the form's file field; without this one chooses a file.
"use strict";

const form = document.querySelector("[data-paste]");
document.addEventListener("paste", (event) => {
  const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
  const field = form?.querySelector('input[type="file"]');
  if (!field || !pictures.length) return;
  const chosen = new DataTransfer();
  chosen.items.add(pictures[0]);
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
});
