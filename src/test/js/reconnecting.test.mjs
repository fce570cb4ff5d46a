import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { Page, seededDice, settled } from './support/page.mjs';

for (const code of [1000, 1001, 1006, 1011, 1013]) {
    test(`a connection that ends with ${code} comes back with its subscriptions`, async () => {
        const page = await Page.connected();
        const { received } = await page.subscribed('orders/17', 70);
        await (await page.router()).drops(code);
        assert.equal(page.carillon.state, 'lost');
        assert.equal(page.carillon.sessionId, null);
        assert.deepEqual(page.heard, ['lost']);
        assert.deepEqual([page.event('lost').code, page.event('lost').attempt], [code, 1]);
        await page.clock.passes(5000);
        const router = await (await page.router()).welcomes(1002);
        assert.deepEqual(page.heard, ['lost']);
        await router.subscribes('orders/17', 5);
        assert.deepEqual(page.heard, ['lost', 'gap', 'restored'], 'a router without a history cannot tell what was missed');
        await router.says(36, 5, 1, {}, ['again']);
        assert.deepEqual(received.map(event => event.payload), ['again']);
    });
}

test('restored comes only after the last topic is back', async () => {
    const page = await Page.connected();
    await page.subscribed('a', 70);
    await page.subscribed('b', 71);
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    const router = await (await page.router()).welcomes();
    await router.subscribes('a', 1);
    assert.deepEqual(page.heard, ['lost']);
    await router.subscribes('b', 2);
    assert.deepEqual(page.heard, ['lost', 'gap', 'gap', 'restored']);
});

test('an outage is told once; later failures of the same outage are retry events', async () => {
    const page = await Page.connected();
    await (await page.router()).drops(1006);
    for (let failures = 1; failures <= 3; failures++) {
        await page.clock.passes(60_000 * failures);
    }
    assert.equal(page.heard.filter(type => type === 'lost').length, 1);
    assert.ok(page.heard.filter(type => type === 'retry').length >= 3);
});

test('the delay doubles up to its cap and is drawn evenly below it', async () => {
    const page = await Page.connected({ random: () => 1 });
    const delays = [];
    for (let failure = 0; failure < 8; failure++) {
        await (await page.router()).drops(1006);
        delays.push(page.events.at(-1).delay);
        await page.clock.passes(page.events.at(-1).delay);
    }
    assert.deepEqual(delays, [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
});

for (const [way, ends, spread] of [
    ['that crashed', router => router.drops(1006), 1000],
    ['that has closed its sockets', router => router.drops(1001), 5000],
    ['that has said GOODBYE', router => router.says(6, {}, 'wamp.close.system_shutdown'), 5000],
]) {
    test(`the pages of a server ${way} do not come back at once`, async () => {
        const random = seededDice(20);
        const delays = [];
        for (let number = 0; number < 1000; number++) {
            const page = await Page.connected({ random });
            await ends(await page.router());
            delays.push(page.event('lost').delay);
        }
        assert.ok(Math.min(...delays) >= 0 && Math.max(...delays) <= spread);
        for (let start = 0; start < spread; start += spread / 10) {
            const inSlice = delays.filter(delay => delay >= start && delay < start + spread / 10).length;
            assert.ok(inSlice > 50 && inSlice < 150, `${inSlice} of 1000 pages return within ${spread / 10} ms`);
        }
    });
}

test('while a server stays away its pages keep the distance that they took when it went, and no longer', async () => {
    const page = await Page.connected({ random: () => 1 });
    const delays = [];
    const fails = async code => {
        await (await page.router()).drops(code);
        delays.push(page.events.at(-1).delay);
        await page.clock.passes(page.events.at(-1).delay);
    };
    await fails(1001);
    await fails(1006);   // what a page sees of a refused handshake
    await fails(1006);
    await (await page.router()).welcomes();
    await page.clock.passes(10_000);
    await fails(1006);
    assert.deepEqual(delays, [5000, 10_000, 20_000, 1000]);
});

test('retry settings replace the defaults one by one', async () => {
    const page = await Page.connected({ random: () => 1, retry: { first: 200 } });
    await (await page.router()).drops(1006);
    assert.equal(page.event('lost').delay, 200);
});

test('the back-off starts afresh only after a session that lasted', async () => {
    const page = await Page.connected({ random: () => 1 });
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    await (await page.router()).welcomes();
    await page.clock.passes(500);
    await (await page.router()).drops(1006);
    assert.equal(page.events.at(-1).delay, 2000, 'a session of half a second is no recovery');
    await page.clock.passes(2000);
    await (await page.router()).welcomes();
    await page.clock.passes(10_000);
    await (await page.router()).drops(1006);
    assert.equal(page.events.at(-1).delay, 1000);
});

test('a socket closed with 1008 asks for a login and does not come back by itself', async () => {
    const page = await Page.connected();
    await (await page.router()).drops(1008, 'session expired');
    assert.deepEqual(page.events, [{ type: 'login', code: 1008, reason: 'session expired' }]);
    assert.equal(page.carillon.state, 'login');
    assert.equal(page.clock.pending, 0);
    await page.happens('online');
    assert.equal(page.sockets.length, 1);
});

test('after a new login reconnect() brings everything back', async () => {
    const page = await Page.connected();
    await page.subscribed('a', 70);
    await (await page.router()).drops(1008);
    page.carillon.reconnect();
    const router = await (await page.router()).welcomes();
    await router.subscribes('a', 1);
    assert.deepEqual(page.heard, ['login', 'gap', 'restored']);
});

test('who waits for a subscription when a login is needed is told so, and so is who asks then', async () => {
    const page = new Page();
    page.answerTicket = () => new Response('', { status: 401 });
    await assert.rejects(page.carillon.subscribe('a', () => {}), { uri: 'carillon.error.login_required' });
    await assert.rejects(page.carillon.subscribe('a', () => {}), { uri: 'carillon.error.login_required' });
});

test('GOODBYE because of a logout is answered and asks for a login', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await router.says(6, { message: 'logged out' }, 'carillon.close.logged_out');
    assert.deepEqual(router.hears(), [6, {}, 'wamp.close.goodbye_and_out']);
    assert.equal(router.closedWith, 1000);
    assert.deepEqual(page.events, [{ type: 'login', reason: 'logged out', uri: 'carillon.close.logged_out' }]);
});

test('GOODBYE because of a shutdown is answered and tried again later', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await router.says(6, {}, 'wamp.close.system_shutdown');
    assert.deepEqual(router.hears(), [6, {}, 'wamp.close.goodbye_and_out']);
    assert.deepEqual(page.heard, ['lost']);
    await page.clock.passes(5000);
    assert.equal(page.sockets.length, 2);
});

test('a topic that the router refuses at the reconnect is told to its subscriber and not tried again', async () => {
    const page = await Page.connected();
    const { subscription } = await page.subscribed('a', 70);
    const { received } = await page.subscribed('b', 71);
    const told = [];
    subscription.onerror = error => told.push(error.uri);
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    const router = await (await page.router()).welcomes();
    const [, request] = router.hears();
    await router.says(8, 32, request, {}, 'wamp.error.not_authorized');
    await router.subscribes('b', 2);
    assert.deepEqual(told, ['wamp.error.not_authorized']);
    assert.deepEqual(page.heard, ['lost', 'error', 'gap', 'restored']);
    assert.ok(!subscription.active);
    await router.drops(1006);
    await page.clock.passes(2000);
    const next = await (await page.router()).welcomes();
    await next.subscribes('b', 3);
    next.hearsNothing();
    await next.says(36, 3, 1, {});
    assert.equal(received.length, 1);
});

test('what was unsubscribed during an outage is not subscribed again', async () => {
    const page = await Page.connected();
    const { subscription } = await page.subscribed('a', 70);
    await (await page.router()).drops(1006);
    await subscription.unsubscribe();
    await page.clock.passes(1000);
    const router = await (await page.router()).welcomes();
    router.hearsNothing();
    assert.deepEqual(page.heard, ['lost', 'restored']);
});

test('a connection that breaks again while topics return is one outage', async () => {
    const page = await Page.connected();
    await page.subscribed('a', 70);
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    await (await (await page.router()).welcomes()).drops(1006);
    await page.clock.passes(2000);
    const router = await (await page.router()).welcomes();
    await router.subscribes('a', 1);
    assert.deepEqual(page.heard, ['lost', 'retry', 'gap', 'restored']);
});

test('a topic accepted in the last moment of a session is subscribed again in the next', async () => {
    const page = await Page.connected();
    let accepted = false;
    const promise = page.carillon.subscribe('a', () => {}).finally(() => { accepted = true; });
    const router = await page.router();
    const [, request] = router.hears();
    router.onmessage({ data: JSON.stringify([33, request, 70]) });
    await router.drops(1006);
    assert.ok(!accepted);
    await page.clock.passes(1000);
    await (await (await page.router()).welcomes()).subscribes('a', 1);
    assert.ok((await promise).active);
});

test('a page that comes online again tries at once', async () => {
    const page = await Page.connected();
    await (await page.router()).drops(1006);
    await page.happens('online');
    assert.equal(page.sockets.length, 2);
    assert.equal(page.carillon.state, 'connecting');
    await page.happens('online');
    assert.equal(page.sockets.length, 2, 'an attempt under way is left alone');
});

test('reconnect() does not wait for the delay, and does nothing to an open connection', async () => {
    const page = await Page.connected();
    page.carillon.reconnect();
    assert.equal(page.carillon.state, 'open');
    await (await page.router()).drops(1006);
    page.carillon.reconnect();
    await settled();
    assert.equal(page.sockets.length, 2);
    await page.clock.passes(5_000);
    assert.equal(page.sockets.length, 2, 'the timer of the delay is gone');
});

test('a page that is left says goodbye and closes without waiting', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await page.happens('pagehide', { persisted: true });
    assert.equal(router.hears()[0], 6);
    assert.equal(router.closedWith, 1000);
    assert.equal(page.carillon.state, 'suspended');
    assert.deepEqual(page.heard, []);
    assert.equal(page.clock.pending, 0);
});

test('a page that returns from the back/forward cache is restored', async () => {
    const page = await Page.connected();
    await page.subscribed('a', 70);
    await page.happens('pagehide', { persisted: true });
    await page.happens('pageshow', { persisted: true });
    const router = await (await page.router()).welcomes();
    await router.subscribes('a', 1);
    assert.deepEqual(page.heard, ['gap', 'restored']);
});

test('the first pageshow of a page, and one of a page that must log in, change nothing', async () => {
    const page = await Page.connected();
    await page.happens('pageshow', { persisted: false });
    assert.equal(page.sockets.length, 1);
    await (await page.router()).drops(1008);
    await page.happens('pagehide', { persisted: true });
    await page.happens('pageshow', { persisted: true });
    assert.equal(page.carillon.state, 'login');
    assert.equal(page.sockets.length, 1);
});

const faults = {
    'something that is not JSON': 'hello',
    'something that is not an array': '{"a":1}',
    'an unknown message': '[99]',
    'a second WELCOME': '[2,1,{}]',
    'an answer to no request': '[33,17,1]',
    'an ERROR to no request': '[8,32,17,{},"wamp.error.invalid_uri"]',
    'an EVENT without details': '[36,70,1]',
    'an EVENT whose arguments are no list': '[36,70,1,{},{"a":1}]',
};
for (const [what, text] of Object.entries(faults)) {
    test(`${what} is a fault of the router: ABORT, close, and a new session`, async () => {
        const page = await Page.connected();
        const router = await page.router();
        await router.saysText(text);
        const [code, , uri] = router.hears();
        assert.deepEqual([code, uri], [3, 'wamp.error.protocol_violation']);
        assert.equal(router.closedWith, 3002);
        assert.deepEqual(page.heard, ['lost']);
        await page.clock.passes(1000);
        await (await page.router()).welcomes();
        assert.deepEqual(page.heard, ['lost', 'restored']);
    });
}

test('an old socket that speaks up late is not listened to', async () => {
    const page = await Page.connected();
    const old = await page.router();
    await old.saysText('nonsense');
    await old.says(2, 1, {});
    await old.drops(1006);
    assert.deepEqual(page.heard, ['lost']);
});

test('close() says goodbye, waits for the answer and leaves nothing behind', async () => {
    const page = await Page.connected();
    const { subscription, received } = await page.subscribed('a', 70);
    const router = await page.router();
    const closing = page.carillon.close();
    assert.deepEqual(router.hears(), [6, {}, 'wamp.close.close_realm']);
    assert.equal(router.closedWith, null);
    await router.says(36, 70, 1, {});
    await router.says(6, {}, 'wamp.close.goodbye_and_out');
    await closing;
    router.hearsNothing();
    assert.equal(router.closedWith, 1000);
    assert.equal(page.carillon.state, 'closed');
    assert.deepEqual(page.heard, ['closed']);
    assert.ok(!subscription.active);
    assert.deepEqual(received, []);
    assert.equal(page.clock.pending, 0);
    for (const type of ['online', 'pagehide', 'pageshow']) assert.equal(getEventListeners(page.window, type).length, 0);
    await page.happens('online');
    await page.happens('pageshow', { persisted: true });
    page.carillon.reconnect();
    await page.carillon.close();
    await settled();
    assert.equal(page.sockets.length, 1);
    await assert.rejects(page.carillon.subscribe('a', () => {}), { uri: 'carillon.error.closed' });
});

test('close() does not wait for ever for a router that does not answer', async () => {
    const page = await Page.connected();
    const closing = page.carillon.close();
    await page.clock.passes(2_000);
    await closing;
    assert.equal((await page.router()).closedWith, 1000);
});

test('close() during an outage and during a first attempt stops these', async () => {
    const lost = await Page.connected();
    await (await lost.router()).drops(1006);
    await lost.carillon.close();
    assert.equal(lost.clock.pending, 0);
    const connecting = new Page();
    const waiting = assert.rejects(connecting.carillon.subscribe('a', () => {}), { uri: 'carillon.error.closed' });
    await connecting.carillon.close();
    await waiting;
    await settled();
    assert.equal(connecting.sockets.length, 0);
    assert.equal(connecting.clock.pending, 0);
});

test('over any course of accidents nothing is subscribed twice and everything comes back', async () => {
    for (let seed = 1; seed <= 50; seed++) await anAccidentProneHour(seededDice(seed), seed);
});

/** A router that keeps its books, and a page that subscribes, unsubscribes and breaks at random. */
async function anAccidentProneHour(random, seed) {
    const page = await Page.connected({ random });
    const topics = ['a', 'b', 'c'];
    const wanted = new Map(topics.map(topic => [topic, []]));
    let books = new Map();
    let socket = page.sockets.at(-1);
    let ids = 100;

    const answerOne = async () => {
        const [code, request, first, topic] = socket.hears();
        if (code === 32) {
            assert.ok(![...books.values()].includes(topic), `seed ${seed}: ${topic} is subscribed twice`);
            books.set(++ids, topic);
            await socket.says(33, request, ids);
        } else if (code === 34) {
            assert.ok(books.delete(first), `seed ${seed}: unsubscribed what never was`);
            await socket.says(35, request);
        }
    };
    const answerAll = async () => {
        while (socket.hasMore) await answerOne();
    };
    const back = async () => {
        await page.clock.passes(page.events.at(-1).delay);
        await settled();
        socket = await page.sockets.at(-1).welcomes();
        books = new Map();
    };

    for (let step = 0; step < 60; step++) {
        const topic = topics[Math.floor(random() * topics.length)];
        const dice = random();
        if (dice < 0.4) page.carillon.subscribe(topic, () => {}).then(one => wanted.get(topic).push(one));
        else if (dice < 0.7) void wanted.get(topic).pop()?.unsubscribe();
        else if (dice < 0.9 && socket.hasMore) await answerOne();
        else if (dice > 0.95) {
            await socket.drops(1006);
            await back();
        }
        await settled();
    }
    await answerAll();
    const expected = topics.filter(topic => wanted.get(topic).length > 0);
    assert.deepEqual([...books.values()].sort(), expected, `seed ${seed}`);
}

for (const reason of ['carillon.error.too_many_sessions', 'carillon.error.too_many_joins']) {
    test(`after ${reason} it waits long, and says why`, async () => {
        for (const [random, delay] of [[0, 15_000], [0.5, 22_500], [1, 30_000]]) {
            const page = new Page({ random: () => random });
            const router = await page.router();
            await router.opens();
            await router.says(3, { message: 'this user has 200 sessions' }, reason);
            assert.equal(page.carillon.state, 'lost');
            const lost = page.event('lost');
            assert.deepEqual([lost.uri, lost.reason, lost.delay], [reason, 'this user has 200 sessions', delay]);
            await page.clock.passes(delay - 1);
            assert.equal(page.carillon.state, 'lost');
            await page.clock.passes(1);
            assert.equal(page.carillon.state, 'connecting');
        }
    });
}
