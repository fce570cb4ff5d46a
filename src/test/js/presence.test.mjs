import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, proves } from './support/browser.mjs';
import { Page, settled } from './support/page.mjs';

const WATCHED = 'carillon.presence.orders/17';

/** Watches who is at order 17, and notes every list that it is given. */
async function watching(page, options) {
    const lists = [];
    const promise = page.carillon.presence('orders/17', users => lists.push(users), options);
    await settled();
    return { lists, promise };
}

/** Answers the next SUBSCRIBE as a router does: the list is right behind SUBSCRIBED. Returns what the page asked for. */
async function lists(router, id, ...users) {
    const [code, request, options, topic] = router.hears();
    assert.deepEqual([code, topic], [32, WATCHED]);
    router.onmessage({ data: JSON.stringify([33, request, id]) });
    await router.says(36, id, 1, {}, [{ users }]);
    return options;
}

async function reconnected(page, session = 1002) {
    await (await page.router()).drops(1006);
    await page.clock.passes(page.events.at(-1).delay);
    return (await page.router()).welcomes(session);
}

test('the list of now comes first, though it is empty, and the whole sorted list at each change', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const { lists: heard, promise } = await watching(page);
    assert.deepEqual(await lists(router, 7), {}, 'no history is asked for');
    await router.says(36, 7, 2, {}, [{ joined: 'bob' }]);
    await router.says(36, 7, 3, {}, [{ joined: 'alice' }]);
    await router.says(36, 7, 4, {}, [{ left: 'bob' }]);
    assert.deepEqual(heard, [[], ['bob'], ['alice', 'bob'], ['alice']]);
    assert.deepEqual([(await promise).topic, (await promise).active], [WATCHED, true]);
});

test('each list is the callback\'s own', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const heard = [];
    page.carillon.presence('orders/17', users => heard.push(users.splice(0)));
    await lists(router, 7, 'alice', 'bob');
    await router.says(36, 7, 2, {}, [{ left: 'bob' }]);
    assert.deepEqual(heard, [['alice', 'bob'], ['alice']]);
});

test('after a reconnect the list is what the router says now, and no gap is told', async () => {
    const page = await Page.connected();
    const { lists: heard } = await watching(page);
    await lists(await page.router(), 7, 'alice', 'bob');
    let router = await reconnected(page);
    assert.deepEqual(await lists(router, 9, 'bob', 'carol'), {});
    router = await reconnected(page, 1003);
    await lists(router, 5, 'bob', 'carol');
    assert.deepEqual(heard, [['alice', 'bob'], ['bob', 'carol']], 'the same list is no news');
    await router.says(36, 5, 3, {}, [{ left: 'carol' }]);
    assert.deepEqual(heard.at(-1), ['bob']);
    assert.deepEqual(page.heard, ['lost', 'restored', 'lost', 'restored']);
    assert.deepEqual(page.reported, []);
});

test('a second callback is given the list too, by a second SUBSCRIBE, and the first one nothing twice', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const first = await watching(page);
    await lists(router, 7, 'bob');
    const second = await watching(page);
    await lists(router, 7, 'bob');
    await router.says(36, 7, 2, {}, [{ joined: 'alice' }]);
    assert.deepEqual([first.lists, second.lists], [[['bob'], ['alice', 'bob']], [['bob'], ['alice', 'bob']]]);
    await (await first.promise).unsubscribe();
    router.hearsNothing();
    await router.says(36, 7, 3, {}, [{ left: 'bob' }]);
    assert.deepEqual([first.lists.length, second.lists.length], [2, 3]);
    const leaving = (await second.promise).unsubscribe();
    await settled();
    const [code, request, id] = router.hears();
    assert.deepEqual([code, id], [34, 7]);
    await router.says(35, request);
    await leaving;
});

test('callbacks that wait for a connection are served by one SUBSCRIBE, a later one by its own', async () => {
    const page = new Page();
    const first = await watching(page);
    const second = await watching(page);
    const router = await (await page.router()).welcomes();
    const third = await watching(page);
    await lists(router, 7, 'bob');
    assert.deepEqual([first.lists, second.lists, third.lists], [[['bob']], [['bob']], []]);
    await lists(router, 7, 'bob');
    assert.deepEqual([first.lists, second.lists, third.lists], [[['bob']], [['bob']], [['bob']]]);
    router.hearsNothing();
});

test('a callback on the events of the presence topic itself does not disturb it', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const { lists: heard } = await watching(page);
    await lists(router, 7, 'bob');
    const events = [];
    await page.carillon.subscribe(WATCHED, event => events.push(event.payload));
    await router.says(36, 7, 2, {}, [{ left: 'bob' }]);
    assert.deepEqual([heard, events], [[['bob'], []], [{ left: 'bob' }]]);
});

test('who may not see it is told so, at first and later', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const refused = assert.rejects(page.carillon.presence('orders/17', () => {}), { uri: 'wamp.error.not_authorized' });
    await settled();
    await router.says(8, 32, router.hears()[1], {}, 'wamp.error.not_authorized', ['not for you']);
    await refused;
    const errors = [];
    const { promise } = await watching(page, { onerror: error => errors.push(error.uri) });
    await lists(router, 7, 'bob');
    await router.says(35, 0, { subscription: 7, reason: 'wamp.error.not_authorized' });
    assert.deepEqual([errors, (await promise).active], [['wamp.error.not_authorized'], false]);
    assert.deepEqual(page.heard, ['revoked']);
    assert.equal(page.events.at(-1).topic, WATCHED);
});

test('a callback that fails is reported, and given the next list', async () => {
    const page = await Page.connected();
    const router = await page.router();
    let given = 0;
    page.carillon.presence('orders/17', () => {
        given++;
        throw new Error('oops');
    });
    await lists(router, 7);
    await router.says(36, 7, 2, {}, [{ joined: 'bob' }]);
    assert.deepEqual([given, page.reported.map(error => error.message)], [2, ['oops', 'oops']]);
});

test('what is no topic, or no function, is refused at once', async () => {
    const page = await Page.connected();
    await assert.rejects(page.carillon.presence('orders/17'), TypeError);
    await assert.rejects(page.carillon.presence(17, () => {}), TypeError);
    (await page.router()).hearsNothing();
});

test('of tabs that share a connection each is given the list, also the one that watches later', async () => {
    const browser = new Browser();
    const [one, two] = [await browser.tab('alice', 1001), await browser.tab('alice', 1002)];
    const [router] = browser.sockets;
    await proves(router);
    const first = await watching(one);
    await lists(router, 7, 'bob');
    const second = await watching(two);
    await lists(router, 7, 'bob');
    await router.says(36, 7, 2, {}, [{ joined: 'carol' }]);
    assert.deepEqual([first.lists, second.lists], [[['bob'], ['bob', 'carol']], [['bob'], ['bob', 'carol']]]);
    await one.carillon.close();
    await settled();
    await router.says(36, 7, 3, {}, [{ left: 'bob' }]);
    assert.deepEqual(second.lists.at(-1), ['carol']);
    router.hearsNothing();
});

test('when the shared connection is lost, every tab has the list of the next one', async () => {
    const browser = new Browser();
    const [one, two] = [await browser.tab('alice', 1001), await browser.tab('alice', 1002)];
    await proves(browser.sockets[0]);
    const first = await watching(one);
    await lists(browser.sockets[0], 7, 'bob');
    const second = await watching(two);
    await lists(browser.sockets[0], 7, 'bob');
    await browser.sockets[0].drops(1006);
    await one.clock.passes(1000);
    const router = await browser.admits('alice', 1003);
    await lists(router, 3);
    await two.clock.passes(1000);
    await browser.admits('alice', 1004);
    await proves(router);
    await lists(router, 3);
    assert.deepEqual([first.lists, second.lists], [[['bob'], []], [['bob'], []]]);
    assert.deepEqual([one.heard, two.heard], [['open', 'lost', 'restored'], ['open', 'lost', 'restored']]);
});
