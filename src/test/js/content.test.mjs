import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contents } from '../../main/resources/META-INF/resources/carillon/carillon-content.js';
import { PageId, markForms } from '../../main/resources/META-INF/resources/carillon/carillon-page.js';
import { Connection } from './support/connection.mjs';
import { Document } from './support/dom.mjs';
import { settled } from './support/page.mjs';

const ORDERS = 'carillon/content/Order';

/** A page that shows some tags, and what it says to its user: by key, the text. */
async function page({ carillon = new Connection(), ...options } = {}) {
    const shown = new Map();
    const said = [];
    const reported = [];
    const flash = message => {
        shown.set(message.key, message);
        said.push(message.text);
        return { close: () => close(message.key) };
    };
    const close = key => {
        const message = shown.get(key);
        shown.delete(key);
        message?.onclose?.('page');
    };
    const id = { id: 'tab-1', shows: other => other === 'tab-1' };
    const contents = new Contents(id, { flash, report: error => reported.push(error.message) });
    const tracking = contents.track({ carillon, tags: 'Order#17', ...options });
    await settled();
    return {
        carillon, contents, tracking, said, reported, shown, close,
        texts: () => [...shown.values()].map(({ text }) => text),
        told: payload => carillon.tells(ORDERS, payload),
    };
}

test('somebody else\'s change is one message, with a way to load the page again', async () => {
    const { told, texts, shown } = await page();
    told({ by: 'bob', changed: ['Order#17', 'Order'] });
    told({ by: 'bob', changed: ['Order#17', 'Order'] });
    assert.deepEqual(texts(), ['Order 17 was changed by bob']);
    assert.deepEqual([...shown.values()][0].action, { label: 'Reload', href: '' });
});

test('what the page does not show is nothing to it', async () => {
    const { told, texts } = await page();
    told({ by: 'bob', changed: ['Order#18', 'Order'], removed: ['Order#19'] });
    assert.deepEqual(texts(), []);
});

test('one type has one subscription, from the position that the server has rendered', async () => {
    const { carillon } = await page({ tags: ['Order#17', 'Order', 'Customer#5', 'Account/5'], after: 'epoch:7' });
    assert.deepEqual([...carillon.subscribed.keys()], [ORDERS, 'carillon/content/Customer', 'carillon/content/Account/5']);
    assert.deepEqual([...carillon.subscribed.values()].map(({ options }) => options.after), ['epoch:7', 'epoch:7', 'epoch:7']);
});

test('a record that has a topic of its own is told there', async () => {
    const { carillon, texts } = await page({ tags: 'Account/5' });
    carillon.tells('carillon/content/Account/5', { by: 'bob', changed: ['Account/5'] });
    assert.deepEqual(texts(), ['Account 5 was changed by bob']);
});

test('a message grows with further users and records, and begins anew when it was closed', async () => {
    const { told, texts, close } = await page({ tags: 'Order#17 Order#18 Order#19 Order#20' });
    told({ by: 'bob', changed: ['Order#17'] });
    told({ by: 'carol', changed: ['Order#17'] });
    assert.deepEqual(texts(), ['Order 17 was changed by bob and carol']);
    told({ by: 'bob', changed: ['Order#18'] });
    assert.deepEqual(texts(), ['Order 17 and Order 18 were changed by bob and carol']);
    told({ by: 'bob', changed: ['Order#19', 'Order#20'] });
    assert.deepEqual(texts(), ['Order 17, Order 18, and 2 more were changed by bob and carol']);
    close('carillon-content changed');
    told({ changed: ['Order#20'] });
    assert.deepEqual(texts(), ['Order 20 was changed by somebody']);
});

test('what was removed is not said to be changed, before or after', async () => {
    const { told, texts } = await page();
    told({ by: 'bob', changed: ['Order#17'] });
    told({ by: 'bob', changed: ['Order'], removed: ['Order#17'] });
    told({ by: 'bob', changed: ['Order#17'] });
    assert.deepEqual(texts(), ['Order 17 was removed by bob']);
});

test('a list is called one, unless the record in it is shown too', async () => {
    const list = await page({ tags: 'Order' });
    list.told({ by: 'bob', changed: ['Order#17', 'Order'] });
    assert.deepEqual(list.texts(), ['This list was changed by bob']);
    const both = await page({ tags: 'Order Order#17' });
    both.told({ by: 'bob', changed: ['Order#17', 'Order'] });
    assert.deepEqual(both.texts(), ['Order 17 was changed by bob']);
});

test('too many changes to be named may be of anything', async () => {
    const { told, texts } = await page();
    told({ by: 'bob', changed: [], removed: [], all: true });
    assert.deepEqual(texts(), ['Order 17 was changed by bob']);
});

test('the user\'s own change is told in his other tabs in other words, or not at all', async () => {
    const { told, texts } = await page();
    told({ by: 'alice', page: 'other-1', changed: ['Order#17'] });
    assert.deepEqual(texts(), ['You changed Order 17 in another tab']);
    const silent = await page({ own: false });
    silent.told({ by: 'alice', page: 'other-1', changed: ['Order#17'] });
    silent.told({ by: 'bob', changed: ['Order#17'] });
    assert.deepEqual(silent.texts(), ['Order 17 was changed by bob']);
});

test('who has no name is not the user of the page', async () => {
    const { carillon, told, texts } = await page();
    carillon.user = null;
    told({ changed: ['Order#17'] });
    assert.deepEqual(texts(), ['Order 17 was changed by somebody']);
});

test('the page that has made the change is not told: neither by a form of its own nor by a call', async () => {
    const { told, texts } = await page();
    told({ by: 'alice', page: 'tab-1', changed: ['Order#17'] });
    told({ by: 'alice', session: 1001, changed: ['Order#17'] });
    assert.deepEqual(texts(), []);
    told({ by: 'alice', session: 1002, changed: ['Order#17'] });
    assert.deepEqual(texts(), ['You changed Order 17 in another tab']);
});

test('a function of the page gets the change instead', async () => {
    const changes = [];
    const { told, texts } = await page({ onChange: change => changes.push(change), label: 'The order of Miller' });
    told({ by: 'bob', changed: [], removed: ['Order#17'] });
    assert.deepEqual(changes, [{ tag: 'Order#17', label: 'The order of Miller', by: 'bob', byYou: false, removed: true }]);
    assert.deepEqual(texts(), []);
});

test('a function that fails is reported and given the next change', async () => {
    const { told, reported } = await page({ onChange: ({ by }) => { throw new Error(by); } });
    told({ by: 'bob', changed: ['Order#17'] });
    told({ by: 'carol', changed: ['Order#17'] });
    assert.deepEqual(reported, ['bob', 'carol']);
});

test('where nobody can know what was changed, the page may be outdated, and says so once', async () => {
    const { carillon, said } = await page({ tags: 'Order Customer#5' });
    for (const { options } of carillon.subscribed.values()) options.onGap();
    assert.deepEqual([...new Set(said)], ['This page may be outdated']);
    const gaps = [];
    const own = await page({ onGap: () => gaps.push('gap') });
    own.carillon.subscribed.get(ORDERS).options.onGap();
    assert.deepEqual([gaps, own.said], [['gap'], []]);
});

test('a topic that is refused, at once or later, leaves the others alone', async () => {
    const carillon = new Connection();
    carillon.refused.add('carillon/content/Customer');
    const errors = [];
    const { tracking } = await page({ carillon, tags: 'Customer#5 Order#17', onError: error => errors.push(error.message) });
    await tracking.ready;
    assert.deepEqual([...carillon.subscribed.keys()], [ORDERS]);
    carillon.subscribed.get(ORDERS).options.onerror(new Error('withdrawn'));
    assert.deepEqual(errors, ['carillon/content/Customer is refused', 'withdrawn']);
});

test('what is tracked no more is not told', async () => {
    const { carillon, tracking, told, texts } = await page();
    const { callback } = carillon.subscribed.get(ORDERS);
    await tracking.stop();
    await tracking.stop();
    callback({ payload: { by: 'bob', changed: ['Order#17'] } });
    assert.deepEqual([carillon.subscribed.size, texts()], [0, []]);
});

test('the words are the page\'s to choose, and so is what reloading means', async () => {
    const reloaded = [];
    const { told, texts, shown } = await page({
        texts: { changed: '{who} hat {what} geändert', reload: 'Neu laden' }, label: 'Auftrag 17', onReload: () => reloaded.push(1),
    });
    told({ by: 'bob', changed: ['Order#17'] });
    assert.deepEqual(texts(), ['bob hat Auftrag 17 geändert']);
    const { label, run } = [...shown.values()][0].action;
    run();
    assert.deepEqual([label, reloaded], ['Neu laden', [1]]);
});

test('ids are said as the application knows them', async () => {
    const { carillon, texts } = await page({ tags: 'SalesOrder#a%2Fb%20c SalesOrder#%E0%A4%A' });
    carillon.tells('carillon/content/SalesOrder', { by: 'bob', changed: ['SalesOrder#a%2Fb%20c', 'SalesOrder#%E0%A4%A'] });
    assert.deepEqual(texts(), ['Sales order a/b c and Sales order %E0%A4%A were changed by bob']);
});

test('a connection is needed', () => {
    assert.throws(() => new Contents({ id: 'x', shows: () => false }).track({ tags: 'Order' }), TypeError);
});

// ---- which page it is

function storage() {
    const kept = new Map();
    return { getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

/** A page that a tab shows next. */
function pageOf(tab, { navigation = 'navigate', clock = { time: 0 } } = {}) {
    return new PageId({ storage: tab, navigation, now: () => clock.time, random: () => `tab${Math.random()}` });
}

test('pages of a tab have its name and a number of their own', () => {
    const tab = storage();
    const [one, two] = [pageOf(tab), pageOf(tab)];
    assert.notEqual(one.id, two.id);
    assert.equal(one.id.split('-')[0], two.id.split('-')[0]);
    assert.notEqual(one.id.split('-')[0], pageOf(storage()).id.split('-')[0]);
    assert.match(one.id, /^[\w.-]+$/);
});

test('a page knows its own changes, and for a while those of the pages before it', () => {
    const tab = storage();
    const clock = { time: 0 };
    const form = pageOf(tab);
    const result = pageOf(tab, { clock });
    assert.deepEqual([result.shows(result.id), result.shows(form.id), form.shows(result.id)], [true, true, false]);
    clock.time = 10_000;
    assert.deepEqual([result.shows(result.id), result.shows(form.id)], [true, false]);
    assert.deepEqual([result.shows(undefined), result.shows('odd'), result.shows(pageOf(storage()).id)], [false, false, false]);
});

test('after a step back a page may be older than what the page before it has done', () => {
    const tab = storage();
    const form = pageOf(tab);
    assert.equal(pageOf(tab, { navigation: 'back_forward' }).shows(form.id), false);
});

test('forms that are posted to this server say which page they come from, those that come later too', async () => {
    const document = new Document();
    document.baseURI = 'https://shop.example/app/order';
    globalThis.MutationObserver = class {
        constructor(task) {
            this.observe = () => document.observers.push(() => queueMicrotask(task));
        }
    };
    const form = async attributes => {
        const made = document.createElement('form');
        Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
        document.body.append(made);
        await settled();
        return made.children.map(field => `${field.getAttribute('name')}=${field.getAttribute('value')}`);
    };
    markForms(document, 'tab-1');
    assert.deepEqual(await form({ method: 'post', action: 'save' }), ['carillon-page=tab-1']);
    assert.deepEqual(await form({ method: 'POST' }), ['carillon-page=tab-1']);
    assert.deepEqual(await form({ action: 'search' }), []);
    assert.deepEqual(await form({ method: 'post', action: 'https://elsewhere.example/' }), []);
    assert.equal(document.querySelectorAll('input').length, 2);
});
