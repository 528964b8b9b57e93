"use strict";
(() => {
  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const said = document.getElementById("said");
  const headers = [...table.tHead.rows[0].cells];
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const number = (text) => BigInt(text.replaceAll(",", ""));
  const compare = {
    text: words.compare,
    date: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    integer: (a, b) => (number(a) < number(b) ? -1 : number(a) > number(b) ? 1 : 0),
  };

  const sort = (index) => {
    const header = headers[index];
    const descending = header.getAttribute("aria-sort") === "ascending";
    const order = compare[header.dataset.type];
    const sign = descending ? -1 : 1;
    const keyed = Array.from(body.rows, (row) => [row.cells[index].textContent, row]);
    keyed.sort(([a], [b]) => (a === "") - (b === "") || (a === "" ? 0 : sign * order(a, b)));
    body.append(...keyed.map(([, row]) => row));
    headers.forEach((each) => each.removeAttribute("aria-sort"));
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    said.textContent = `${header.textContent}: ${descending ? "descending" : "ascending"}`;
  };

  headers.forEach((header, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Sort by ${header.textContent}`);
    button.addEventListener("click", () => sort(index));
    header.append(button);
  });
})();
