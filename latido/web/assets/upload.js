/* Sends chosen or dropped files piece by piece, says how fast, and goes on where a break left off.

   Without this script the same form sends them at once. */

const PIECE = 8 * 1024 * 1024;
const LONGEST_WAIT = 30; // seconds

function units(bytes) {
  const names = ["B", "kB", "MB", "GB", "TB"];
  let rest = bytes;
  let unit = 0;
  while (rest >= 1000 && unit < names.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit && rest < 100 ? 1 : 0;
  const format = { maximumFractionDigits: digits, minimumFractionDigits: digits };
  return `${rest.toLocaleString(document.documentElement.lang, format)} ${names[unit]}`;
}

function span(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function filled(template, values) {
  return template.replace(/{(\w+)}/g, (_all, name) => values[name] ?? "");
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/* Whether two are the same file: one that was changed meanwhile is another, were it of the same length. */
function isSame(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

/* One file on its way. */
class Sending {
  constructor(file, line, words) {
    Object.assign(this, { file, line, words, id: "", offset: 0, stopped: false, request: null });
    this.sent = []; // [when, bytes], the last seconds of it
    line.querySelector("[data-name]").textContent = file.name;
    line.querySelector("[data-stop]").addEventListener("click", () => this.stop());
    line.querySelector("[data-again]").addEventListener("click", () => this.again?.());
  }

  /* Whether this has brought a part of the same file. */
  isPartOf(file) {
    return this.id && isSame(this.file, file) && this.offset < file.size;
  }

  goOnFrom(other) {
    if (!other) return;
    this.id = other.id;
    other.id = "";
    other.line.remove();
  }

  say(text, share) {
    this.line.querySelector("[data-state]").textContent = text;
    if (share !== undefined) this.line.querySelector("progress").value = share;
  }

  stop() {
    this.stopped = true;
    this.request?.abort();
  }

  /* Send all of it; gives its identifier, or nothing where it was stopped or refused. */
  async go() {
    this.stopped = false;
    this.buttons(true);
    try {
      await this.begin();
      await this.pieces();
      this.say(this.words.ready, 1);
      return this.id;
    } catch (error) {
      const told = { done: units(this.offset), all: units(this.file.size) };
      this.say(this.stopped ? filled(this.words.stopped, told) : error.message || this.words.failed);
      this.line.classList.toggle("bad", !this.stopped);
      return "";
    } finally {
      this.buttons(false);
    }
  }

  buttons(running) {
    this.line.querySelector("[data-stop]").hidden = !running;
    this.line.querySelector("[data-again]").hidden = running || this.offset === this.file.size;
  }

  /* Announce the file, or find what of it is there already. */
  async begin() {
    this.id ||= this.waiting();
    if (this.id) {
      this.offset = (await this.ask("GET", `/data/uploads/${this.id}`)).offset;
      return;
    }
    const { name, size, lastModified } = this.file;
    const body = new URLSearchParams({ name, size, modified: lastModified });
    this.id = (await this.ask("POST", "/data/uploads", body)).id;
  }

  /* The identifier of the same file among those that the page shows as waiting. */
  waiting() {
    const file = ({ dataset: { name, size, modified } }) => ({ name, size: Number(size), lastModified: Number(modified) });
    const line = [...document.querySelectorAll("[data-here]")].find((here) => isSame(file(here), this.file));
    line?.remove();
    return line?.dataset.here ?? "";
  }

  async pieces() {
    let wait = 1;
    let complete = false;
    while (!complete) {
      try {
        const found = await this.ask("PUT", `/data/uploads/${this.id}`, this.file.slice(this.offset, this.offset + PIECE));
        ({ offset: this.offset, complete } = found);
        wait = 1;
      } catch (error) {
        if (this.stopped || error.refused) throw error;
        wait = await this.afterBreak(wait);
      }
    }
  }

  /* Wait, then ask how far it has come. */
  async afterBreak(wait) {
    for (let left = wait; left > 0 && !this.stopped; left -= 1) {
      this.say(filled(this.words.broken, { seconds: left }));
      await pause(1);
    }
    if (this.stopped) throw new Error();
    try {
      this.offset = (await this.ask("GET", `/data/uploads/${this.id}`)).offset;
      this.sent = [];
    } catch (error) {
      if (error.refused) throw error;
    }
    return Math.min(LONGEST_WAIT, wait * 2);
  }

  /* A request; what it is answered. Only XMLHttpRequest says how much of a body has gone. */
  ask(verb, path, body) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open(verb, path);
      request.responseType = "json";
      if (verb === "PUT") {
        const end = this.offset + body.size - 1;
        request.setRequestHeader("Content-Range", `bytes ${this.offset}-${end}/${this.file.size}`);
        request.setRequestHeader("Content-Type", "application/octet-stream");
        const from = this.offset;
        request.upload.addEventListener("progress", (event) => this.progress(from + event.loaded));
      }
      request.addEventListener("load", () => {
        const { status, response } = request;
        if (status < 300) resolve(response);
        else if (status === 409) reject(new Error(response?.message));
        else reject(Object.assign(new Error(response?.message), { refused: status < 500 }));
      });
      for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error()));
      request.send(body);
    });
  }

  progress(done) {
    const now = performance.now() / 1000;
    this.sent.push([now, done]);
    while (this.sent.length > 2 && now - this.sent[0][0] > 8) this.sent.shift();
    const [[began, before]] = this.sent;
    const rate = now > began ? (done - before) / (now - began) : 0;
    if (done >= this.file.size) {
      this.say(this.words.checking, 1);
    } else if (rate > 0) {
      const left = span((this.file.size - done) / rate);
      const told = { done: units(done), all: units(this.file.size), rate: units(rate), left };
      this.say(filled(this.words.going, told), done / this.file.size);
    }
  }
}

/* The form: files go one after the other, then the page that shows how they are read opens. */
class Form {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector("[data-words]").dataset;
    this.list = form.querySelector("[data-list]");
    this.all = [];
    this.waiting = [];
    this.done = [];
    this.running = false;
    form.classList.add("live");
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => {
      this.add(input.files);
      input.value = "";
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    this.listenForDrops(form.querySelector(".drop-zone"));
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    });
  }

  listenForDrops(zone) {
    for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.toggle("over", name === "dragenter" || name === "dragover");
        if (name === "drop") this.add(event.dataTransfer.files);
      });
    }
  }

  add(files) {
    const template = this.form.querySelector("[data-line]");
    for (const file of files) {
      const line = template.content.firstElementChild.cloneNode(true);
      this.list.append(line);
      const sending = new Sending(file, line, this.words);
      sending.goOnFrom(this.all.find((other) => other.isPartOf(file)));
      this.all.push(sending);
      sending.again = () => {
        this.waiting.push(sending);
        this.run();
      };
      this.waiting.push(sending);
    }
    this.run();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    let whole = true;
    while (this.waiting.length) {
      const id = await this.waiting.shift().go();
      if (id) this.done.push(id);
      whole &&= Boolean(id);
    }
    this.running = false;
    if (whole && this.done.length) {
      location.assign(`${this.form.dataset.next}?${this.done.map((id) => `file=${id}`).join("&")}`);
    }
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) new Form(form);
