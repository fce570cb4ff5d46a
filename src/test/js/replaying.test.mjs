import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, proves } from './support/browser.mjs';
import { History } from './support/history.mjs';
import { Page, seededDice, settled } from './support/page.mjs';

/** A handler that notes the payloads and, as 'gap', the gaps. */
async function listening(page, options = {}, topic = 'news') {
    const heard = [];
    const promise = page.carillon.subscribe(topic, event => heard.push(event.payload),
        { onGap: () => heard.push('gap'), ...options });
    await settled();
    return { heard, promise };
}

/** Loses the connection and comes back, up to WELCOME. */
async function reconnected(page, session = 1002) {
    await (await page.router()).drops(1006);
    await page.clock.passes(page.events.at(-1).delay);
    return (await page.router()).welcomes(session);
}

async function says(router, id, position, payload, details = {}) {
    await router.says(36, id, 1, { ...(position && { _position: position }), ...details }, [payload]);
}

test('a subscription asks for positions, and knows its own from the marker and from every event', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const positions = [];
    const promise = page.carillon.subscribe('news', event => positions.push(event.position));
    assert.deepEqual(await router.replays('news', 70, { _gap: false, _position: 'e:7' }), { _history: true });
    const subscription = await promise;
    assert.equal(subscription.position, 'e:7');
    await says(router, 70, 'e:8', 'a');
    assert.equal(subscription.position, 'e:8');
    assert.deepEqual(positions, ['e:8'], 'the marker is no event');
    assert.deepEqual(page.heard, []);
});

test('after a reconnect the missed events come, in order, before restored, and without those that it had', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page);
    const first = await page.router();
    await first.replays('news', 70, { _gap: false, _position: 'e:7' });
    await says(first, 70, 'e:8', 'a');
    const router = await reconnected(page);
    page.carillon.addEventListener('restored', () => heard.push('restored'));
    const options = await router.replays('news', 5, { _gap: false, _position: 'e:8' });
    assert.deepEqual(options, { _history: true, _after: 'e:8', _not_from: [1001] });
    await says(router, 5, 'e:8', 'a', { _replayed: true });
    await says(router, 5, 'e:9', 'b', { _replayed: true });
    await says(router, 5, 'e:10', 'c', { _replayed: true });
    await says(router, 5, 'e:11', 'd');
    assert.deepEqual(heard.filter(one => one !== 'restored'), ['a', 'b', 'c', 'd']);
    assert.deepEqual(page.heard, ['lost', 'restored']);
});

test('restored waits until the router has answered once more, behind the replay', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page);
    await (await page.router()).replays('news', 70, { _gap: false, _position: 'e:7' });
    const router = await reconnected(page);
    router.answersRoundTrips = false;
    await router.replays('news', 5, { _gap: false, _position: 'e:7' });
    const [code, request] = router.hears();
    assert.equal(code, 34);
    await says(router, 5, 'e:8', 'a', { _replayed: true });
    assert.deepEqual([page.heard, heard], [['lost'], ['a']]);
    await router.says(8, 34, request, {}, 'wamp.error.no_such_subscription');
    assert.deepEqual(page.heard, ['lost', 'restored']);
});

test('what is not there any more is a gap: for the handler, for the page, and no reason to end', async () => {
    const page = await Page.connected();
    const gaps = [];
    const { heard, promise } = await listening(page, { onGap: gap => gaps.push(gap) });
    await (await page.router()).replays('news', 70, { _gap: false, _position: 'e:7' });
    const router = await reconnected(page);
    await router.replays('news', 5, { _gap: true, _position: 'f:90' });
    assert.deepEqual(gaps, [{ topic: 'news', match: 'exact', position: 'f:90' }]);
    assert.deepEqual(page.heard, ['lost', 'gap', 'restored']);
    assert.equal((await promise).position, 'f:90');
    await says(router, 5, 'f:91', 'a');
    const next = await reconnected(page, 1003);
    const options = await next.replays('news', 6, { _gap: false, _position: 'f:91' });
    assert.deepEqual(options, { _history: true, _after: 'f:91', _not_from: [1001, 1002] });
    assert.deepEqual([heard, gaps.length], [['a'], 1]);
});

test('a topic without history is a gap after a reconnect, and none at first', async () => {
    const page = await Page.connected();
    const { heard, promise } = await listening(page);
    await (await page.router()).replays('news', 70, { _gap: true });
    assert.deepEqual([heard, (await promise).position], [[], null]);
    await says(await page.router(), 70, null, 'a');
    const router = await reconnected(page);
    assert.deepEqual(await router.replays('news', 5, { _gap: false }), { _history: true });
    await says(router, 5, null, 'b');
    assert.deepEqual([heard, page.heard], [['a', 'gap', 'b'], ['lost', 'gap', 'restored']]);
});

test('a router that sends no marker knows no history: a gap after a reconnect, and where after was given', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page);
    await (await page.router()).subscribes('news', 70);
    const given = await listening(page, { after: 'e:1' }, 'orders');
    await (await page.router()).subscribes('orders', 71);
    assert.deepEqual([heard, given.heard], [[], ['gap']]);
    const router = await reconnected(page);
    await router.subscribes('news', 5);
    await router.subscribes('orders', 6);
    assert.deepEqual([heard, given.heard], [['gap'], ['gap', 'gap']]);
    const options = await reconnected(page, 1003).then(next => next.hears()[2]);
    assert.deepEqual(options, { _history: true }, 'a position of before the gap is no position any more');
});

test('the position that the server has rendered closes the gap between rendering and subscribing', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page, { after: 'e:3' });
    const router = await page.router();
    const options = await router.replays('news', 70, { _gap: false, _position: 'e:3' });
    assert.deepEqual(options, { _history: true, _after: 'e:3' });
    await says(router, 70, 'e:4', 'missed', { _replayed: true });
    await says(router, 70, 'e:5', 'live');
    assert.deepEqual([heard, page.heard], [['missed', 'live'], []]);
});

test('a rendered position that is too old is a gap', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page, { after: 'e:3' });
    await (await page.router()).replays('news', 70, { _gap: true, _position: 'e:90' });
    assert.deepEqual([heard, page.heard], [['gap'], ['gap']]);
});

test('a second handler with an older position gets its replay, and the first no event twice', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const first = await listening(page);
    await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    await says(router, 70, 'e:8', 8);
    const second = await listening(page, { after: 'e:6' });
    await says(router, 70, 'e:9', 9);
    assert.deepEqual(second.heard, [], 'it must not be ahead of its replay');
    assert.equal((await router.replays('news', 70, { _gap: false, _position: 'e:6' }))._after, 'e:6');
    for (const number of [7, 8, 9]) await says(router, 70, `e:${number}`, number, { _replayed: true });
    await says(router, 70, 'e:10', 10);
    assert.deepEqual([first.heard, second.heard], [[8, 9, 10], [7, 8, 9, 10]]);
    assert.deepEqual(page.heard, []);
});

test('a gap of the second handler is none of the first', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const first = await listening(page);
    await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    const second = await listening(page, { after: 'd:6' });
    await router.replays('news', 70, { _gap: true, _position: 'e:7' });
    await says(router, 70, 'e:8', 8);
    assert.deepEqual([first.heard, second.heard], [[8], ['gap', 8]]);
});

test('a second handler that is refused does not end the first', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const first = await listening(page);
    await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    const refusal = assert.rejects(page.carillon.subscribe('news', () => {}, { after: 'nonsense' }),
        { uri: 'wamp.error.invalid_argument' });
    await settled();
    await router.says(8, 32, router.hears()[1], {}, 'wamp.error.invalid_argument');
    await refusal;
    await says(router, 70, 'e:8', 8);
    assert.deepEqual([first.heard, page.heard], [[8], []]);
});

test('handlers at different positions come back by one request, each with what it missed', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const behind = await listening(page, { after: 'e:2' });
    const ahead = await listening(page, { after: 'e:5' });
    const next = await reconnected(page);
    assert.equal((await next.replays('news', 5, { _gap: false, _position: 'e:2' }))._after, 'e:2');
    next.hearsNothing();
    for (const number of [3, 4, 5, 6]) await says(next, 5, `e:${number}`, number, { _replayed: true });
    assert.deepEqual([behind.heard, ahead.heard], [[3, 4, 5, 6], [6]]);
    assert.equal(router.sent.filter(([code]) => code === 32).length, 1);
});

test('handlers with positions of two epochs come back by a request each', async () => {
    const page = await Page.connected();
    await (await page.router()).drops(1006);
    const old = await listening(page, { after: 'd:900' });
    const current = await listening(page, { after: 'e:5' });
    const fresh = await listening(page);
    await page.clock.passes(1000);
    const router = await (await page.router()).welcomes(1002);
    assert.equal((await router.replays('news', 5, { _gap: true, _position: 'e:6' }))._after, 'd:900');
    assert.equal((await router.replays('news', 5, { _gap: false, _position: 'e:5' }))._after, 'e:5');
    await says(router, 5, 'e:6', 6, { _replayed: true });
    await says(router, 5, 'e:7', 7);
    router.hearsNothing();
    assert.deepEqual([old.heard, current.heard, fresh.heard], [['gap', 7], [6, 7], [7]]);
});

test('who subscribes during an outage without a position is not given what happened before', async () => {
    const page = await Page.connected();
    const first = await listening(page);
    await (await page.router()).replays('news', 70, { _gap: false, _position: 'e:7' });
    await (await page.router()).drops(1006);
    const second = await listening(page);
    await page.clock.passes(1000);
    const router = await (await page.router()).welcomes(1002);
    router.answersRoundTrips = false;
    await router.replays('news', 5, { _gap: false, _position: 'e:7' });
    await says(router, 5, 'e:8', 'missed', { _replayed: true });
    await router.says(8, 34, router.hears()[1], {}, 'wamp.error.no_such_subscription');
    assert.equal((await second.promise).position, 'e:8');
    await says(router, 5, 'e:9', 'live');
    assert.deepEqual([first.heard, second.heard], [['missed', 'live'], ['live']]);
});

test('a handler that throws is reported, keeps the replay from nobody, and is not given the event again', async () => {
    const page = await Page.connected();
    page.carillon.subscribe('news', () => { throw new Error('broken handler'); });
    const other = await listening(page);
    await (await page.router()).replays('news', 70, { _gap: false, _position: 'e:7' });
    let router = await reconnected(page);
    await router.replays('news', 5, { _gap: false, _position: 'e:7' });
    await says(router, 5, 'e:8', 8, { _replayed: true });
    assert.deepEqual([other.heard, page.reported.length], [[8], 1]);
    router = await reconnected(page, 1003);
    assert.equal((await router.replays('news', 6, { _gap: false, _position: 'e:8' }))._after, 'e:8');
});

test('an onGap that throws is reported, and the others are told', async () => {
    const page = await Page.connected();
    page.carillon.subscribe('news', () => {}, { onGap: () => { throw new Error('broken'); } });
    const other = await listening(page);
    await (await page.router()).replays('news', 70, { _gap: false, _position: 'e:7' });
    await (await reconnected(page)).replays('news', 5, { _gap: true, _position: 'e:9' });
    assert.deepEqual([other.heard, page.reported.length], [['gap'], 1]);
    assert.deepEqual(page.heard, ['lost', 'gap', 'restored'], 'the page is told once for the topic');
});

test('a page that was in the back/forward cache gets what it missed', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page);
    await (await page.router()).replays('news', 70, { _gap: false, _position: 'e:7' });
    await page.happens('pagehide', { persisted: true });
    await page.happens('pageshow', { persisted: true });
    const router = await (await page.router()).welcomes(1002);
    await router.replays('news', 5, { _gap: false, _position: 'e:7' });
    await says(router, 5, 'e:8', 8, { _replayed: true });
    assert.deepEqual([heard, page.heard], [[8], ['restored']]);
});

test('only some sessions are remembered', async () => {
    const page = await Page.connected();
    await listening(page, { after: 'e:1' });
    let router;
    for (let session = 2001; session <= 2020; session++) router = await reconnected(page, session);
    assert.deepEqual(router.hears()[2]._not_from, [2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019]);
});

test('subscribe refuses an after that is no position', async () => {
    const page = await Page.connected();
    await assert.rejects(page.carillon.subscribe('news', () => {}, { after: 17 }), TypeError);
    (await page.router()).hearsNothing();
});

test('no after, an empty one and null are the same', async () => {
    const page = await Page.connected();
    for (const [index, after] of [undefined, null, ''].entries()) {
        await listening(page, { after }, `topic ${index}`);
        assert.deepEqual((await page.router()).hears()[2], { _history: true });
    }
});

test('a retained event goes to who asked for it, and only then', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const first = await listening(page);
    await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    const events = [];
    page.carillon.subscribe('news', event => events.push(event), { retained: true });
    const options = await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    assert.deepEqual(options, { _history: true, get_retained: true });
    await says(router, 70, 'e:6', 'kept', { retained: true });
    await says(router, 70, 'e:8', 'live');
    assert.deepEqual(first.heard, ['live']);
    assert.deepEqual(events.map(({ payload, retained }) => [payload, retained]), [['kept', true], ['live', false]]);
    const next = await reconnected(page);
    assert.equal(next.hears()[2].get_retained, undefined, 'the replay has all');
});

test('a revoked subscription ends, says so, and is not asked for again', async () => {
    const page = await Page.connected();
    const told = [];
    const { heard, promise } = await listening(page, { onerror: error => told.push(error.uri) });
    const router = await page.router();
    await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    await router.says(35, 0, { subscription: 70, reason: 'wamp.error.not_authorized' });
    await says(router, 70, 'e:8', 8);
    assert.deepEqual([told, heard, (await promise).active], [['wamp.error.not_authorized'], [], false]);
    assert.deepEqual(page.heard, ['revoked']);
    (await reconnected(page)).hearsNothing();
});

test('over any course of accidents every number comes once and in order, or a gap is said', async () => {
    for (let seed = 1; seed <= 60; seed++) await anAccidentProneHour(seededDice(seed), seed);
});

/** Numbers are published all the time; handlers come and go, and so does the connection. */
async function anAccidentProneHour(random, seed) {
    const history = new History(random() < 0.5 ? 4 : Infinity);
    const page = await Page.connected({ random });
    let socket = page.sockets.at(-1);
    socket.answersRoundTrips = false;
    const handlers = [];
    const listens = after => {
        const heard = [];
        handlers.push(heard);
        if (after) heard.push(Number(after.split(':')[1]));
        page.carillon.subscribe('news', event => heard.push(event.payload), { after, onGap: () => heard.push('gap') });
    };
    const drops = async () => {
        history.leaves(socket);
        await socket.drops(1006);
        for (let missed = Math.floor(random() * 6); missed > 0; missed--) history.publish();
        await page.clock.passes(page.events.at(-1).delay);
        await settled();
        socket = await page.sockets.at(-1).welcomes(5000 + Math.floor(random() * 1000));
        socket.answersRoundTrips = false;
    };

    for (let step = 0; step < 80; step++) {
        const dice = random();
        if (dice < 0.05) listens(undefined);
        else if (dice < 0.1 && history.epoch === 'e1') listens(history.head);
        else if (dice < 0.6) history.publish();
        else if (dice < 0.9 && socket.hasMore) history.answer(socket);
        else if (dice > 0.94) await drops();
        else if (dice > 0.935) history.forget();
        await settled();
    }
    await history.answerAll(socket);
    const last = history.publish();
    for (const heard of handlers) withoutHoles(heard, last, `seed ${seed}: ${heard}`);
}

/** One behind the other, except behind a gap; up to `last`. */
function withoutHoles(heard, last, what) {
    assert.equal(heard.at(-1), last, what);
    for (let i = 1; i < heard.length; i++) {
        const [before, number] = [heard[i - 1], heard[i]];
        if (number === 'gap') continue;
        const greatest = Math.max(...heard.slice(0, i).filter(Number.isInteger), -1);
        assert.ok(before === 'gap' ? number > greatest : number === before + 1, what);
    }
}

// ---- tabs that share a connection

async function twoTabs() {
    const browser = new Browser();
    const first = await browser.tab('alice', 1001);
    const second = await browser.tab('alice', 1002);
    const router = browser.sockets[0];
    await proves(router);
    return { browser, first, second, router };
}

test('a tab with an older position gets its replay over the shared connection, and the other one none of it', async () => {
    const { first, second, router } = await twoTabs();
    const history = new History();
    [1, 2, 3].forEach(() => history.publish());
    const a = await listening(first);
    await history.answerAll(router);
    const b = await listening(second, { after: 'e1:1' });
    const c = await listening(first, { after: 'e1:2' });
    history.publish();
    await history.answerAll(router);
    history.publish();
    await settled();
    assert.deepEqual([a.heard, b.heard, c.heard], [[4, 5], [2, 3, 4, 5], [3, 4, 5]]);
    const [markers, replayed] = [({ _gap }) => _gap !== undefined, ({ _replayed }) => _replayed]
        .map(kind => [first, second].map(({ told }) => told.filter(([code, , , is]) => code === 36 && kind(is)).length));
    assert.deepEqual([markers, replayed], [[2, 1], [2, 3]]);
});

test('a tab learns from its own answer of the router, not from the worker, that its replay is over', async () => {
    const { second, router } = await twoTabs();
    const { heard } = await listening(second, { after: 'e:1' });
    await router.says(33, router.hears()[1], 7);
    const [code, request, none] = router.hears();
    assert.deepEqual([code, none], [34, Number.MAX_SAFE_INTEGER]);
    await router.says(36, 7, 1, { _gap: false, _position: 'e:1' });
    await router.says(8, 34, request, {}, 'wamp.error.no_such_subscription');
    assert.deepEqual(heard, []);
});

test('a replay that is refused to a tab leaves it the subscription that it has', async () => {
    const { first, second, router } = await twoTabs();
    const a = await listening(first);
    const b = await listening(second);
    const [one, two] = [router.hears(), router.hears()];
    await router.says(33, one[1], 7);
    await router.says(33, two[1], 7);
    const refusal = assert.rejects(first.carillon.subscribe('news', () => {}, { after: 'nonsense' }), /invalid/);
    await settled();
    await router.says(8, 32, router.hears()[1], {}, 'wamp.error.invalid_argument');
    await refusal;
    await (await b.promise).unsubscribe();
    router.hearsNothing();
    await says(router, 7, null, 'here');
    assert.deepEqual(a.heard, ['here']);
});

test('a gap is said in the tab that has it', async () => {
    const { first, second, router } = await twoTabs();
    const history = new History(1);
    [1, 2, 3].forEach(() => history.publish());
    const a = await listening(first);
    const b = await listening(second, { after: 'e1:1' });
    await history.answerAll(router);
    history.publish();
    await settled();
    assert.deepEqual([a.heard, b.heard], [[4], ['gap', 4]]);
});

test('after a loss of the shared connection each tab goes on where it was', async () => {
    const { browser, first, second, router } = await twoTabs();
    const history = new History();
    const a = await listening(first);
    const b = await listening(second);
    await history.answerAll(router);
    history.publish();
    history.leaves(router);
    await router.drops(1006);
    history.publish();
    await first.clock.passes(1000);
    const next = await browser.admits('alice', 1003);
    await history.answerAll(next);
    history.publish();
    await second.clock.passes(1000);
    await browser.admits('alice', 1004);
    await proves(next);
    await history.answerAll(next);
    history.publish();
    await settled();
    assert.deepEqual([a.heard, b.heard], [[1, 2, 3, 4], [1, 2, 3, 4]]);
    assert.deepEqual([first.heard.at(-1), second.heard.at(-1)], ['restored', 'restored']);
});

test('a retained event goes to the tab that asked', async () => {
    const { first, second, router } = await twoTabs();
    const a = await listening(first);
    await router.says(33, router.hears()[1], 7);
    const b = await listening(second, { retained: true });
    await router.says(33, router.hears()[1], 7);
    await router.says(36, 7, 1, { retained: true }, ['kept']);
    assert.deepEqual([a.heard, b.heard], [[], ['kept']]);
});

test('a revoked subscription is told to every tab that has it', async () => {
    const { first, second, router } = await twoTabs();
    await listening(first);
    await listening(second);
    const [one, two] = [router.hears(), router.hears()];
    await router.says(33, one[1], 7);
    await router.says(33, two[1], 7);
    await router.says(35, 0, { subscription: 7, reason: 'wamp.error.not_authorized' });
    assert.deepEqual([first.heard.at(-1), second.heard.at(-1)], ['revoked', 'revoked']);
});

test('what the router dropped because the page reads too slowly is a gap where it was', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page);
    const other = await listening(page);
    const router = await page.router();
    await router.replays('news', 70, { _gap: false, _position: 'e:7' });
    await says(router, 70, 'e:8', 'a');
    await router.says(36, 70, 2, { _gap: true, _position: 'e:9', _dropped: 3 });
    await says(router, 70, 'e:12', 'b');
    for (const { heard: one } of [{ heard }, other]) assert.deepEqual(one, ['a', 'gap', 'b']);
    assert.deepEqual(page.heard, ['gap'], 'once for the topic');
    assert.deepEqual(page.event('gap'), { type: 'gap', topic: 'news', match: 'exact', position: 'e:9' });
    const again = await reconnected(page);
    assert.deepEqual(await again.replays('news', 5, { _gap: false, _position: 'e:12' }),
        { _history: true, _after: 'e:12', _not_from: [1001] });
});

test('a gap without a position, of a topic without a history, is one too', async () => {
    const page = await Page.connected();
    const { heard } = await listening(page);
    const router = await page.router();
    await router.replays('news', 70, { _gap: false });
    await router.says(36, 70, 2, { _gap: true, _dropped: 1 });
    await says(router, 70, null, 'b');
    assert.deepEqual(heard, ['gap', 'b']);
});

test('an event says how many it has replaced', async () => {
    const page = await Page.connected();
    const dropped = [];
    page.carillon.subscribe('prices/a', event => dropped.push([event.payload, event.dropped]));
    await settled();
    const router = await page.router();
    await router.replays('prices/a', 70, { _gap: false });
    await says(router, 70, null, 1);
    await says(router, 70, null, 5, { _dropped: 3 });
    assert.deepEqual(dropped, [[1, 0], [5, 3]]);
});

test('a gap of events that were dropped is told to all tabs', async () => {
    const { first, second, router } = await twoTabs();
    const a = await listening(first);
    await router.says(33, router.hears()[1], 7);
    const b = await listening(second);
    await router.says(33, router.hears()[1], 7);
    await router.says(36, 7, 1, { _gap: true, _dropped: 2 });
    await says(router, 7, null, 'live');
    assert.deepEqual([a.heard, b.heard], [['gap', 'live'], ['gap', 'live']]);
});
