import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Flashes } from '../../main/resources/META-INF/resources/carillon/carillon-flash.js';
import { followMaintenance } from '../../main/resources/META-INF/resources/carillon/carillon-maintenance.js';
import { Connection } from './support/connection.mjs';
import { Document } from './support/dom.mjs';
import { settled } from './support/page.mjs';

const TOPIC = 'carillon/maintenance';
const NOON = Date.parse('2026-11-28T12:00:00Z');
const at = seconds => new Date(NOON + seconds * 1000).toISOString();

/** A connection that tells of its state, too. */
class Router extends Connection {
    state = 'open';
    #listeners = new EventTarget();

    addEventListener(...listener) {
        this.#listeners.addEventListener(...listener);
    }

    removeEventListener(...listener) {
        this.#listeners.removeEventListener(...listener);
    }

    becomes(state, event = state) {
        this.state = state;
        this.#listeners.dispatchEvent(new Event(event));
    }
}

/** A page whose clock stands still until the test moves it, and whose server is at noon. */
async function page({ carillon = new Router(), behind = 0, random = 0.5, status = 503, ...options } = {}) {
    const document = new Document();
    const create = document.createElement.bind(document);
    document.createElement = name => Object.assign(create(name), name === 'dialog' && dialog);
    let now = NOON - behind * 1000;
    let timers = [];
    const environment = {
        document, status,
        now: () => now,
        random: () => random,
        location: { href: 'https://shop.example.com/orders?page=2#top', replaced: [], replace(to) { this.replaced.push(to); } },
        fetch: async (url, request) => {
            environment.fetched.push(`${request.method} ${url}`);
            return { type: 'basic', status: environment.status };
        },
        fetched: [],
        setTimeout: (task, delay) => {
            const timer = { task, due: now + delay };
            timers.push(timer);
            return timer;
        },
        clearTimeout: timer => { timers = timers.filter(each => each !== timer); },
    };
    const flashes = new Flashes({ document, setTimeout: () => null, clearTimeout: () => {} });
    const said = [];
    environment.flash = message => {
        if (!message.quiet) said.push(message.text);
        return flashes.show(message);
    };
    const following = followMaintenance({ carillon, environment, ...options });
    await settled();
    return {
        carillon, document, environment, following, said,
        tells: payload => carillon.tells(TOPIC, { message: '', start: null, end: null, now: at(0), ...payload }),
        async passes(seconds) {
            const until = now + seconds * 1000;
            for (let next; (next = timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]);) {
                timers = timers.filter(each => each !== next);
                now = next.due;
                next.task();
                await settled();
            }
            now = until;
        },
        get messages() {
            return document.querySelectorAll('.carillon-flash-text').map(({ textContent }) => textContent);
        },
        get dialog() {
            return document.querySelector('dialog');
        },
        text: name => document.querySelector(name)?.textContent,
        button: name => document.querySelectorAll('button').find(({ textContent }) => textContent === name),
        get waiting() {
            return timers.length;
        },
    };
}

/** What the browser's does. */
const dialog = {
    open: false,
    showModal() {
        this.open = true;
    },
    close() {
        if (!this.open) return;
        this.open = false;
        this.happens('close');
    },
};

/** A field of a form. */
function field(shown, name, properties) {
    const made = Object.assign(shown.document.createElement(name), { type: 'text', value: '', defaultValue: '' }, properties);
    shown.document.body.append(made);
    return made;
}

test('nothing is shown while it is open', async () => {
    const shown = await page();
    shown.tells({ state: 'open' });
    assert.deepEqual([shown.messages, shown.dialog, shown.waiting], [[], null, 0]);
    assert.deepEqual(shown.carillon.subscribed.get(TOPIC).options.retained, true);
});

test('an announcement counts down, and is read out now and then', async () => {
    const shown = await page();
    shown.tells({ state: 'announced', start: at(300), message: 'New version' });
    assert.deepEqual(shown.messages, ['Closes for maintenance in 5 minutes\nNew version']);
    await shown.passes(235);
    assert.deepEqual(shown.messages, ['Closes for maintenance in 65 seconds\nNew version']);
    await shown.passes(66);
    assert.deepEqual(shown.messages, ['Closes for maintenance in a moment\nNew version']);
    assert.deepEqual(shown.said.map(text => text.split('\n')[0].replace('Closes for maintenance in ', '')),
        ['5 minutes', '2 minutes', '60 seconds', '30 seconds', '10 seconds']);
});

test('the clock of the server counts, and not that of the page', async () => {
    const shown = await page({ behind: 3600 });
    shown.tells({ state: 'announced', start: at(300) });
    assert.deepEqual(shown.messages, ['Closes for maintenance in 5 minutes']);
});

test('who has closed the message is shown it again in the last minute, and once', async () => {
    const shown = await page();
    shown.tells({ state: 'announced', start: at(300) });
    shown.document.querySelector('.carillon-flash-close').click();
    await shown.passes(239);
    assert.deepEqual(shown.messages, []);
    await shown.passes(1);
    assert.deepEqual(shown.messages, ['Closes for maintenance in 60 seconds']);
    shown.document.querySelector('.carillon-flash-close').click();
    await shown.passes(30);
    assert.deepEqual(shown.messages, []);
});

test('an announcement may be taken back', async () => {
    const shown = await page();
    shown.tells({ state: 'announced', start: at(300) });
    shown.tells({ state: 'open' });
    assert.deepEqual(shown.messages, ['The maintenance that was announced is called off']);
    await shown.passes(400);
    assert.deepEqual([shown.dialog, shown.environment.location.replaced], [null, []]);
});

test('while it is closed a dialog covers the page, and says why and how long', async () => {
    const shown = await page({ texts: { title: 'Geschlossen' } });
    shown.tells({ state: 'announced', start: at(60) });
    shown.tells({ state: 'closed', message: 'New version', end: at(600) });
    assert.deepEqual(shown.messages, []);
    const attributes = ['role', 'aria-modal', 'aria-labelledby', 'aria-describedby', 'closedby'];
    assert.deepEqual(attributes.map(name => shown.dialog.getAttribute(name)),
        ['alertdialog', 'true', 'carillon-maintenance-title', 'carillon-maintenance-text', 'none']);
    assert.equal(shown.dialog.open, true);
    assert.equal(shown.document.activeElement.textContent, 'Geschlossen');
    assert.equal(shown.text('.carillon-maintenance-message'), 'New version');
    assert.match(shown.text('.carillon-maintenance-end'), /^Planned end: .*, in 10 minutes$/);
    await shown.passes(530);
    assert.match(shown.text('.carillon-maintenance-end'), /, in 70 seconds$/);
    await shown.passes(70);
    assert.match(shown.text('.carillon-maintenance-end'), /^It takes longer than planned/);
});

test('nobody knows the end: nothing is said of it', async () => {
    const shown = await page();
    shown.tells({ state: 'closed' });
    assert.equal(shown.text('.carillon-maintenance-end'), '');
    assert.equal(shown.document.querySelector('.carillon-maintenance-message'), null);
});

test('neither Escape nor a script nor an ajax update closes the dialog', async () => {
    const shown = await page();
    shown.tells({ state: 'closed' });
    const { dialog: cover } = shown;
    let prevented = 0;
    const preventDefault = () => prevented++;
    assert.equal(cover.happens('keydown', { key: 'Escape', preventDefault }), true, 'it goes no further');
    cover.happens('cancel', { preventDefault });
    assert.equal(prevented, 2);
    assert.equal(cover.happens('keydown', { key: 'Tab', preventDefault }), false);
    cover.close();
    assert.equal(cover.open, true);
    cover.remove();
    await shown.passes(1);
    assert.deepEqual([cover.isConnected, cover.open, shown.document.querySelectorAll('dialog').length], [true, true, 1]);
});

test('the same again, as after a reconnect, is not shown and read out again', async () => {
    const shown = await page();
    shown.tells({ state: 'closed', message: 'New version' });
    const before = shown.dialog;
    shown.tells({ state: 'closed', message: 'New version', now: at(30) });
    assert.equal(shown.dialog, before);
    shown.tells({ state: 'closed', message: 'New version', end: at(900) });
    assert.notEqual(shown.dialog, before);
});

test('when it is over the dialog goes, and the page is loaded again a little later', async () => {
    const shown = await page();
    shown.tells({ state: 'closed' });
    shown.tells({ state: 'open' });
    assert.equal(shown.dialog, null);
    assert.deepEqual(shown.messages, ['The maintenance is over. What this page shows may be outdated']);
    await shown.passes(5);
    assert.deepEqual(shown.environment.location.replaced, []);
    await shown.passes(1);
    assert.deepEqual(shown.environment.location.replaced, ['https://shop.example.com/orders?page=2']);
});

test('a page that is closed again meanwhile is not loaded', async () => {
    const shown = await page();
    shown.tells({ state: 'closed' });
    shown.tells({ state: 'open' });
    shown.tells({ state: 'closed', message: 'again' });
    await shown.passes(20);
    assert.deepEqual(shown.environment.location.replaced, []);
    assert.equal(shown.dialog.open, true);
});

const ENTERED = {
    'a text': shown => field(shown, 'input', { value: 'x' }),
    'a note': shown => field(shown, 'textarea', { value: 'x', defaultValue: 'y' }),
    'a tick': shown => field(shown, 'input', { type: 'checkbox', checked: true, defaultChecked: false }),
    'a choice': shown => field(shown, 'select', { multiple: false, selectedIndex: 1, options: [{ selected: false }, { selected: true }] }),
    'another choice': shown => field(shown, 'select', {
        multiple: false, options: [{ selected: true, defaultSelected: false }, { selected: false, defaultSelected: true }],
    }),
};

for (const [what, enter] of Object.entries(ENTERED)) {
    test(`a page with ${what} that is not saved is loaded by its user only`, async () => {
        const shown = await page();
        enter(shown);
        shown.tells({ state: 'closed' });
        shown.tells({ state: 'open' });
        await shown.passes(20);
        assert.deepEqual(shown.environment.location.replaced, []);
        assert.match(shown.messages[0], /what you have entered is not saved yet$/);
        shown.button('Reload').click();
        assert.equal(shown.environment.location.replaced.length, 1);
    });
}

test('what is entered while the page waits to be loaded counts too', async () => {
    const shown = await page();
    const note = field(shown, 'textarea');
    shown.tells({ state: 'closed' });
    shown.tells({ state: 'open' });
    note.value = 'x';
    await shown.passes(20);
    assert.deepEqual(shown.environment.location.replaced, []);
    assert.match(shown.messages[0], /not saved yet$/);
});

test('fields that nobody has changed keep no page from being loaded', async () => {
    const shown = await page();
    field(shown, 'input', { type: 'hidden', value: 'x' });
    field(shown, 'input', { value: 'x', disabled: true });
    field(shown, 'input', { value: 'x', defaultValue: 'x' });
    field(shown, 'input', { type: 'radio', checked: true, defaultChecked: true });
    field(shown, 'select', { multiple: false, selectedIndex: 0, options: [{ selected: true }, { selected: false }] });
    shown.tells({ state: 'closed' });
    shown.tells({ state: 'open' });
    await shown.passes(20);
    assert.equal(shown.environment.location.replaced.length, 1);
});

test('the page may want to be asked, and may know more of what is not saved', async () => {
    const asked = await page({ reload: 'offer' });
    const knowing = await page({ unsaved: () => true });
    for (const shown of [asked, knowing]) {
        shown.tells({ state: 'closed' });
        shown.tells({ state: 'open' });
        await shown.passes(20);
        assert.deepEqual(shown.environment.location.replaced, []);
        assert.ok(shown.button('Reload'));
    }
});

test('who may pass is told, and not kept from working', async () => {
    const shown = await page({ passes: true });
    shown.tells({ state: 'closed', message: 'New version' });
    assert.equal(shown.dialog, null);
    assert.deepEqual(shown.messages, ['Closed for maintenance. Only those who may pass can use it\nNew version']);
    shown.tells({ state: 'open' });
    await shown.passes(20);
    assert.deepEqual([shown.messages, shown.environment.location.replaced], [[], []]);
});

test('where the connection needs a login, the page looks by HTTP whether it is over', async () => {
    const shown = await page();
    shown.tells({ state: 'closed' });
    shown.carillon.becomes('login');
    await shown.passes(29);
    assert.deepEqual(shown.environment.fetched, []);
    await shown.passes(60);
    assert.deepEqual(shown.environment.fetched, Array(2).fill('HEAD https://shop.example.com/orders?page=2'));
    shown.environment.status = 200;
    await shown.passes(30);
    assert.equal(shown.dialog, null);
    await shown.passes(20);
    assert.deepEqual([shown.environment.fetched.length, shown.environment.location.replaced.length], [3, 1]);
});

test('a page that is back looks once, since a server that was restarted open does not tell', async () => {
    const shown = await page();
    shown.tells({ state: 'closed' });
    shown.carillon.becomes('open', 'restored');
    await shown.passes(100);
    assert.equal(shown.environment.fetched.length, 1);
    assert.equal(shown.dialog.open, true);
    shown.environment.status = 200;
    shown.carillon.becomes('open', 'restored');
    await shown.passes(31);
    assert.equal(shown.dialog, null);
});

test('a gap is closed by the last event', async () => {
    const shown = await page();
    shown.carillon.subscribed.get(TOPIC).options.onGap();
    await settled();
    assert.deepEqual(shown.carillon.log, [`+${TOPIC}`, `+${TOPIC}`, `-${TOPIC}`]);
});

test('who is not logged in follows when he is', async () => {
    const carillon = new Router();
    const subscribe = carillon.subscribe.bind(carillon);
    carillon.subscribe = () => Promise.reject(Object.assign(new Error('log in'), { uri: 'carillon.error.login_required' }));
    const errors = [];
    const shown = await page({ carillon, onError: error => errors.push(error.message) });
    carillon.subscribe = subscribe;
    carillon.becomes('open', 'restored');
    carillon.becomes('open', 'restored');
    await settled();
    shown.tells({ state: 'closed' });
    assert.deepEqual([errors, carillon.log, shown.dialog.open], [[], [`+${TOPIC}`], true]);
});

test('a refusal is told', async () => {
    const carillon = new Router();
    carillon.refused.add(TOPIC);
    const errors = [];
    await page({ carillon, onError: error => errors.push(error.message) });
    assert.deepEqual(errors, [`${TOPIC} is refused`]);
    assert.throws(() => followMaintenance({}), /takes a connection/);
});

test('the page is told of changes, and may stop', async () => {
    const states = [];
    const shown = await page({ onChange: ({ state }) => states.push(state) });
    shown.tells({ state: 'open' });
    shown.tells({ state: 'announced', start: at(60) });
    shown.tells({ state: 'closed' });
    assert.equal(shown.following.status.state, 'closed');
    await shown.following.stop();
    await shown.following.stop();
    assert.deepEqual([states, shown.dialog, shown.messages, shown.waiting], [['announced', 'closed'], null, [], 0]);
    assert.deepEqual(shown.carillon.log, [`+${TOPIC}`, `-${TOPIC}`]);
});
