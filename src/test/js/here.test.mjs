import assert from 'node:assert/strict';
import { test } from 'node:test';
import { here } from '../../main/resources/META-INF/resources/carillon/carillon-here.js';
import { Connection } from './support/connection.mjs';
import { Document } from './support/dom.mjs';
import { settled } from './support/page.mjs';

const EDITING = 'carillon/here/editing/Order/17';
const VIEWING = 'carillon/here/viewing/Order/17';

async function page(options = {}) {
    const carillon = options.carillon ?? new Connection();
    const element = new Document().createElement('p');
    const told = [];
    const stay = here('Order/17', { element, onChange: others => told.push(others), ...options, carillon });
    await settled();
    return { carillon, element, told, stay };
}

test('a page says that its user is here, and hears who else is', async () => {
    const { carillon, element, told } = await page();
    assert.deepEqual(carillon.log, [`+${VIEWING}`, `+carillon.presence.${EDITING}`, `+carillon.presence.${VIEWING}`]);
    assert.equal(element.textContent, '');
    carillon.lists(VIEWING, 'alice', 'bob');
    assert.deepEqual(told, [[{ user: 'bob', mode: 'viewing' }]]);
    assert.equal(element.textContent, 'bob is viewing this order');
    carillon.lists(VIEWING, 'alice');
    assert.deepEqual([told.at(-1), element.textContent], [[], '']);
});

test('who edits in one tab and views in another is editing', async () => {
    const { carillon, element, told } = await page();
    carillon.lists(VIEWING, 'bob', 'carol');
    carillon.lists(EDITING, 'alice', 'bob', 'dave');
    assert.equal(element.textContent, 'bob and dave are editing this order. carol is viewing this order');
    assert.deepEqual(told.at(-1).map(({ user, mode }) => `${user} ${mode}`), ['bob editing', 'dave editing', 'carol viewing']);
});

test('the user is never told of himself, and nothing twice', async () => {
    const { carillon, told, element } = await page();
    carillon.lists(EDITING, 'alice');
    carillon.lists(VIEWING, 'alice');
    assert.deepEqual([told, element.textContent], [[], '']);
    carillon.lists(EDITING, 'bob');
    carillon.lists(VIEWING, 'alice', 'bob');
    assert.equal(told.length, 1);
    assert.equal(element.texts, 1);
});

test('who begins to edit is seen all the time', async () => {
    const { carillon, stay } = await page();
    carillon.log.length = 0;
    stay.become('editing');
    stay.become('editing');
    await settled();
    assert.deepEqual(carillon.log, [`+${EDITING}`, `-${VIEWING}`]);
    assert.equal(stay.mode, 'editing');
});

test('who stops is not there, and does not hear of others', async () => {
    const { carillon, stay, told, element } = await page({ mode: 'editing' });
    carillon.lists(EDITING, 'bob');
    const { callback } = carillon.subscribed.get(`carillon.presence.${EDITING}`);
    await stay.stop();
    await stay.stop();
    callback(['bob', 'carol']);
    stay.become('viewing');
    assert.deepEqual([carillon.subscribed.size, told.length, element.textContent], [0, 1, '']);
});

test('another element may take over', async () => {
    const { carillon, stay, element } = await page({ label: 'order 17', texts: { editing: '{who} bearbeitet {what}' } });
    carillon.lists(EDITING, 'bob');
    assert.equal(element.textContent, 'bob bearbeitet order 17');
    const next = new Document().createElement('p');
    stay.showIn(next);
    assert.equal(next.textContent, 'bob bearbeitet order 17');
});

test('who may not be here, or see others, is told', async () => {
    const carillon = new Connection();
    carillon.refused.add(VIEWING).add(`carillon.presence.${EDITING}`);
    const errors = [];
    const { stay } = await page({ carillon, onError: ({ message }) => errors.push(message) });
    await stay.ready;
    carillon.subscribed.get(`carillon.presence.${VIEWING}`).options.onerror(new Error('withdrawn'));
    assert.deepEqual(errors, [`${VIEWING} is refused`, `carillon.presence.${EDITING} is refused`, 'withdrawn']);
    await stay.stop();
});

test('what is no record, no mode and no connection is refused at once', () => {
    const carillon = new Connection();
    for (const record of [17, 'Order', 'Order/', 'a/b/c']) assert.throws(() => here(record, { carillon }), TypeError);
    assert.throws(() => here('Order/17', {}), TypeError);
    assert.throws(() => here('Order/17', { carillon, mode: 'reading' }), TypeError);
});
