import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ofUser, showJobs, showReminders, showRights, userTopic } from '../../main/resources/META-INF/resources/carillon/carillon-ready.js';
import { Connection } from './support/connection.mjs';

const ALICE = 'carillon/users/alice/';

/** Messages by key, as a page shows them. */
function messages() {
    const shown = new Map();
    const show = message => {
        shown.set(message.key, message);
        return { close: () => close(message.key, 'page') };
    };
    const close = (key, by) => {
        const message = shown.get(key);
        shown.delete(key);
        message?.onclose?.(by);
    };
    return { show, close, shown, texts: () => [...shown.values()].map(({ text }) => text) };
}

test('a user\'s topics are named as the server names them', () => {
    assert.equal(userTopic('alice', 'mail'), 'carillon/users/alice/mail');
    assert.equal(userTopic('a.l/i ce@example.com', 'shop/basket'), 'carillon/users/a%2El%2Fi%20ce%40example%2Ecom/shop/basket');
    assert.equal(userTopic('Zoë_-,9', 'mail'), 'carillon/users/Zo%C3%AB_-,9/mail');
});

test('the page waits until it knows who its user is', async () => {
    const carillon = Object.assign(new Connection(), { user: null });
    const events = new EventTarget();
    carillon.addEventListener = (...listener) => events.addEventListener(...listener);
    const heard = [];
    const subscribed = ofUser(carillon, 'mail', ({ payload }) => heard.push(payload), { retained: true });
    assert.deepEqual(carillon.log, []);
    carillon.user = 'alice';
    events.dispatchEvent(new Event('open'));
    await subscribed;
    carillon.tells(`${ALICE}mail`, { unread: 3 });
    assert.deepEqual([heard, carillon.subscribed.get(`${ALICE}mail`).options], [[{ unread: 3 }], { retained: true }]);
    await assert.rejects(ofUser({}, 'mail', () => {}), /takes a connection/);
});

test('a job that is done is said, with a way to its result', async () => {
    const carillon = new Connection();
    const { show, shown, texts } = messages();
    await showJobs({ carillon, show });
    carillon.tells(`${ALICE}jobs`, { job: '17', label: 'Import of customers', success: true, url: '/imports/17' });
    carillon.tells(`${ALICE}jobs`, { job: '18', label: 'Export', success: false });
    assert.deepEqual(texts(), ['Import of customers is finished', 'Export has failed']);
    assert.deepEqual([...shown.values()].map(({ action }) => action), [{ label: 'Show', href: '/imports/17' }, null]);
});

test('rights that have changed are said once, whoever\'s they are', async () => {
    const carillon = new Connection();
    const { show, texts } = messages();
    await showRights({ carillon, show });
    carillon.tells(`${ALICE}rights`);
    carillon.tells('carillon/rights');
    assert.equal(texts().length, 1);
    let called = 0;
    await showRights({ carillon, show, onChange: () => called++ });
    carillon.tells(`${ALICE}rights`);
    assert.equal(called, 1);
});

test('reminders are shown once each, stay dismissed, and go when they are not due any more', async () => {
    const carillon = new Connection();
    const { show, close, texts } = messages();
    const dismissed = [];
    await showReminders({ carillon, show, onDismiss: id => dismissed.push(id) });
    const tells = (...ids) => carillon.tells(`${ALICE}reminders`, ids.map(id => ({ id, subject: `Call ${id}`, due: '', url: null })));
    tells('ann', 'ben');
    tells('ann', 'ben', 'cem');
    assert.deepEqual(texts(), ['Call ann', 'Call ben', 'Call cem']);
    close('carillon-reminder ann', 'user');
    tells('ann', 'cem');
    assert.deepEqual([texts(), dismissed], [['Call cem'], ['ann']]);
    tells();
    tells('ann');
    assert.deepEqual([texts(), dismissed], [['Call ann'], ['ann']], 'due again, later');
});
