// What the pages of FacesIT name in their tags. What they hear is written into the document, where a test can await it
// even if the Content Security Policy forbids to evaluate anything.
window.board = {
  heard: [],
  told: [],
  note(kind, text) {
    this[kind].push(text);
    document.documentElement.dataset[kind] = this[kind].join();
  },
  first(event) { this.note('heard', `first ${event.payload}`); },
  second(event) { this.note('heard', `second ${event.payload}`); },
  hear(event) { this.note('heard', `${event.topic} ${event.payload}`); },
  fail() { throw new Error('on purpose'); },
  lost() { this.note('told', 'lost'); },
  gap({ topic }) { this.note('told', `gap ${topic}`); },
  restored() { this.note('told', 'restored'); },
  login() { this.note('told', 'login'); },
  refused({ topic, error }) { this.note('told', `${topic} ${error.uri}`); },
};
