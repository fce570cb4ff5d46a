import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { Result, WampError } from '../../main/resources/META-INF/resources/carillon/carillon.js';
import { Page, settled } from './support/page.mjs';

test('a call sends its arguments and resolves to all that the procedure returned', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const call = page.carillon.call('orders.total', [17, null], { currency: 'EUR' }, { disclose_me: true });
    await settled();
    const [code, request, ...rest] = router.hears();
    assert.deepEqual([code, rest], [48, [{ disclose_me: true }, 'orders.total', [17, null], { currency: 'EUR' }]]);
    await router.says(50, request, {}, [99.5, 'EUR'], { rounded: true });
    assert.deepEqual({ ...await call }, { args: [99.5, 'EUR'], kwargs: { rounded: true }, result: 99.5 });
});

test('arguments that are not there are not sent, and named ones alone come behind an empty list', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const bare = page.carillon.call('ping');
    await settled();
    assert.deepEqual(router.hears(), [48, 1, {}, 'ping']);
    await router.says(50, 1, {});
    assert.deepEqual({ ...await bare }, { args: [], kwargs: {}, result: undefined });
    page.carillon.call('ping', [], { loud: true });
    await settled();
    assert.deepEqual(router.hears(), [48, 2, {}, 'ping', [], { loud: true }]);
});

test('answers may come in another order than the calls', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const [first, second] = [page.carillon.call('slow'), page.carillon.call('fast')];
    await router.says(50, 2, {}, ['fast']);
    await router.says(50, 1, {}, ['slow']);
    assert.deepEqual([(await first).result, (await second).result], ['slow', 'fast']);
});

test('a call that fails rejects with the error of the procedure', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const call = assert.rejects(page.carillon.call('orders.ship', [17]), {
        name: 'WampError', uri: 'com.example.error.shipped', message: 'shipped already', args: ['shipped already', 17],
        kwargs: { by: 'bob' },
    });
    await router.says(8, 48, 1, {}, 'com.example.error.shipped', ['shipped already', 17], { by: 'bob' });
    await call;
    assert.equal(page.carillon.state, 'open');
});

test('a progressive result that nobody asked for does not end the call', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const call = page.carillon.call('count');
    await router.says(50, 1, { progress: true }, [1]);
    await router.says(50, 1, {}, [2]);
    assert.equal((await call).result, 2);
});

test('when the connection breaks a call under way is rejected and not repeated', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const call = assert.rejects(page.carillon.call('orders.ship'), { uri: 'carillon.error.connection_lost' });
    await router.drops(1006);
    await call;
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    next.hearsNothing();
});

test('a call made while the page connects waits for that', async () => {
    const page = new Page();
    const call = page.carillon.call('ping');
    const router = await page.router();
    await router.welcomes();
    assert.deepEqual(router.hears(), [48, 1, {}, 'ping']);
    await router.says(50, 1, {}, ['pong']);
    assert.equal((await call).result, 'pong');
});

test('a call that waited for an attempt that failed is rejected, as is one during an outage', async () => {
    const page = new Page();
    const call = assert.rejects(page.carillon.call('ping'), { uri: 'carillon.error.not_connected' });
    await (await page.router()).drops(1006);
    await call;
    await assert.rejects(page.carillon.call('ping'), { uri: 'carillon.error.not_connected', message: /lost/ });
});

test('a call without a login, or after close, is rejected', async () => {
    const page = new Page();
    page.answerTicket = () => new Response('', { status: 401 });
    await assert.rejects(page.carillon.call('ping'), { uri: 'carillon.error.login_required' });
    page.carillon.close();
    await assert.rejects(page.carillon.call('ping'), { uri: 'carillon.error.closed' });
});

test('call refuses what is no procedure or no list of arguments', async () => {
    const page = await Page.connected();
    await assert.rejects(page.carillon.call(17), TypeError);
    await assert.rejects(page.carillon.call('ping', 17), TypeError);
    await assert.rejects(page.carillon.call('ping', [], 17), TypeError);
    (await page.router()).hearsNothing();
});

test('arguments that JSON cannot express reject the call and leave no gap in the request ids', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await assert.rejects(page.carillon.call('ping', [1n]), TypeError);
    page.carillon.call('ping');
    await settled();
    assert.deepEqual(router.hears(), [48, 1, {}, 'ping']);
});

test('a RESULT to no call is a fault of the router', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await router.says(50, 17, {}, []);
    assert.equal(router.hears()[0], 3);
    assert.equal(page.carillon.state, 'lost');
});

async function serving(page, procedure, handler, id = 80) {
    const promise = page.carillon.register(procedure, handler);
    await accepts(await page.router(), procedure, id);
    return promise;
}

async function accepts(router, procedure, id) {
    await settled();
    const [code, request, options, uri] = router.hears();
    assert.deepEqual([code, options, uri], [64, {}, procedure]);
    await router.says(65, request, id);
}

test('a registered handler is called with the arguments and its value is the result', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const invocations = [];
    const registration = await serving(page, 'page.title', invocation => {
        invocations.push(invocation);
        return 'Orders';
    });
    assert.ok(registration.active);
    await router.says(68, 5, 80, { caller: 17, caller_authid: 'bob' }, ['long', 2], { upper: true });
    const [{ signal, ...invocation }] = invocations;
    assert.deepEqual(invocation, {
        procedure: 'page.title', payload: 'long', args: ['long', 2], kwargs: { upper: true },
        details: { caller: 17, caller_authid: 'bob' }, caller: { session: 17, authid: 'bob', authrole: undefined },
        progress: null,
    });
    assert.ok(!signal.aborted);
    assert.deepEqual(router.hears(), [70, 5, {}, ['Orders']]);
});

test('a handler may be asynchronous, return nothing, or several values', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const answers = [Promise.resolve('later'), undefined, null, new Result([1, 2], { sum: 3 })];
    await serving(page, 'next', () => answers.shift());
    for (const request of [1, 2, 3, 4]) await router.says(68, request, 80, {});
    assert.deepEqual(router.hears(), [70, 1, {}, ['later']]);
    assert.deepEqual(router.hears(), [70, 2, {}]);
    assert.deepEqual(router.hears(), [70, 3, {}, [null]]);
    assert.deepEqual(router.hears(), [70, 4, {}, [1, 2], { sum: 3 }]);
});

test('a WampError of a handler reaches the caller', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await serving(page, 'page.title', async () => {
        throw new WampError('com.example.error.no_title', 'there is none', { args: ['none', 1], kwargs: { page: 2 } });
    });
    await router.says(68, 5, 80, {});
    assert.deepEqual(router.hears(), [8, 68, 5, {}, 'com.example.error.no_title', ['none', 1], { page: 2 }]);
    assert.deepEqual(page.reported, []);
});

test('the text of a WampError without arguments is its argument', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await serving(page, 'page.title', () => { throw new WampError('com.example.error.no_title', 'there is none'); });
    await router.says(68, 5, 80, {});
    assert.deepEqual(router.hears(), [8, 68, 5, {}, 'com.example.error.no_title', ['there is none']]);
});

test('of any other error the caller learns nothing, and the page reports it', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const fault = new Error('password is hunter2');
    const answers = [() => { throw fault; }, () => 1n];
    await serving(page, 'page.title', () => answers.shift()());
    for (const request of [5, 6]) {
        await router.says(68, request, 80, {});
        assert.deepEqual(router.hears(), [8, 68, request, {}, 'carillon.error.internal', ['The procedure failed']]);
    }
    assert.equal(page.reported[0], fault);
    assert.equal(page.reported.length, 2);
    assert.equal(page.carillon.state, 'open');
});

test('a procedure made before the socket is open is registered then, and again after every reconnect', async () => {
    const page = new Page();
    const promise = page.carillon.register('page.title', () => 'Orders');
    const router = await page.router();
    await router.welcomes();
    await accepts(router, 'page.title', 80);
    assert.ok((await promise).active);
    await router.drops(1006);
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    await accepts(next, 'page.title', 4);
    assert.equal(page.heard.at(-1), 'restored');
    await next.says(68, 1, 4, {});
    assert.deepEqual(next.hears(), [70, 1, {}, ['Orders']]);
});

test('an answer that is ready only after the connection broke is not sent to the next router', async () => {
    const page = await Page.connected();
    const router = await page.router();
    let answer;
    await serving(page, 'slow', () => new Promise(resolve => { answer = resolve; }));
    await router.says(68, 5, 80, {});
    await router.drops(1006);
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    await accepts(next, 'slow', 4);
    answer('late');
    await settled();
    next.hearsNothing();
    router.hearsNothing();
});

test('a refused registration rejects with the URI of the router', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const refusal = assert.rejects(page.carillon.register('page.title', () => {}), { uri: 'wamp.error.not_authorized' });
    await settled();
    const [, request] = router.hears();
    await router.says(8, 64, request, {}, 'wamp.error.not_authorized');
    await refusal;
    assert.deepEqual(page.events, []);
});

test('a registration that is refused at a reconnect is told to its onerror and as an event', async () => {
    const page = await Page.connected();
    const registration = await serving(page, 'page.title', () => {});
    const told = [];
    registration.onerror = error => told.push(error.uri);
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    await next.says(8, 64, next.hears()[1], {}, 'wamp.error.not_authorized');
    assert.deepEqual(told, ['wamp.error.not_authorized']);
    assert.equal(page.event('error').procedure, 'page.title');
    assert.ok(!registration.active);
});

test('a procedure that our own session before still holds is tried again, and some time given up', async () => {
    const page = await Page.connected();
    const registration = await serving(page, 'page.title', () => {});
    await (await page.router()).drops(1006);
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    for (let attempt = 1; attempt <= 8; attempt++) {
        assert.ok(registration.active, `given up before attempt ${attempt}`);
        await next.says(8, 64, next.hears()[1], {}, 'wamp.error.procedure_already_exists');
        next.hearsNothing();
        await page.clock.passes(30_000);
    }
    assert.ok(!registration.active);
    next.hearsNothing();
});

test('a procedure that is taken at the first time is refused at once', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const refusal = assert.rejects(page.carillon.register('a', () => {}), { uri: 'wamp.error.procedure_already_exists' });
    await settled();
    await router.says(8, 64, router.hears()[1], {}, 'wamp.error.procedure_already_exists');
    await refusal;
});

test('unregister tells the router once, and calls that cross it get no such procedure', async () => {
    const page = await Page.connected();
    const router = await page.router();
    let calls = 0;
    const registration = await serving(page, 'page.title', () => calls++);
    const leaving = registration.unregister();
    assert.ok(!registration.active);
    const [code, request, id] = router.hears();
    assert.deepEqual([code, id], [66, 80]);
    await router.says(68, 5, 80, {});
    assert.equal(router.hears()[4], 'wamp.error.no_such_procedure');
    await router.says(67, request);
    await leaving;
    await registration.unregister();
    router.hearsNothing();
    assert.equal(calls, 0);
});

test('close rejects a registration that the router has not accepted yet', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const closing = assert.rejects(page.carillon.register('a', () => {}), { uri: 'carillon.error.closed' });
    await settled();
    page.carillon.close();
    await closing;
    assert.equal(router.hears()[0], 64);
    assert.equal(router.hears()[0], 6);
});

test('register refuses what is no procedure or no function', async () => {
    const page = await Page.connected();
    await assert.rejects(page.carillon.register('a'), TypeError);
    await assert.rejects(page.carillon.register(17, () => {}), TypeError);
});

test('an INVOCATION of nothing that was registered is a fault of the router', async () => {
    const page = await Page.connected();
    const router = await page.router();
    await router.says(68, 1, 80, {});
    assert.equal(router.hears()[0], 3);
    assert.equal(page.carillon.state, 'lost');
});

/** A page at a router that announces what it understands. */
async function connectedTo(features) {
    const page = new Page();
    const router = await page.router();
    router.opens();
    router.hears();
    await router.says(4, 'ticket', {});
    router.hears();
    await router.says(2, 1001, { roles: { broker: {}, dealer: { features } } });
    return { page, router };
}

const canceling = { call_canceling: true };

test('onProgress gets the parts of the answer, in order, and the promise the last one', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const parts = [];
    const call = page.carillon.call('report', [2026], {}, { onProgress: part => parts.push(part) });
    await settled();
    assert.deepEqual(router.hears(), [48, 1, { receive_progress: true }, 'report', [2026]]);
    await router.says(50, 1, { progress: true }, [10]);
    await router.says(50, 1, { progress: true }, [50, 'half'], { unit: '%' });
    await router.says(50, 1, {}, ['done']);
    assert.deepEqual(parts.map(({ result, args, kwargs }) => [result, args.length, kwargs.unit]),
        [[10, 1, undefined], [50, 2, '%']]);
    assert.equal((await call).result, 'done');
});

test('an onProgress that throws is reported and does not end the call', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const call = page.carillon.call('report', [], {}, { onProgress: () => { throw new Error('broken'); } });
    await settled();
    await router.says(50, 1, { progress: true }, [10]);
    await router.says(50, 1, {}, ['done']);
    assert.equal((await call).result, 'done');
    assert.equal(page.reported.length, 1);
});

test('a timeout is the router\'s to keep', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const call = assert.rejects(page.carillon.call('slow', [], {}, { timeout: 500 }), { uri: 'wamp.error.timeout' });
    await settled();
    assert.deepEqual(router.hears()[2], { timeout: 500 });
    assert.equal(page.clock.pending, 0);
    await router.says(8, 48, 1, {}, 'wamp.error.timeout');
    await call;
});

test('an abort sends CANCEL, and the answer of the router ends the call', async () => {
    for (const [options, mode] of [[{}, 'killnowait'], [{ cancelMode: 'kill' }, 'kill'], [{ cancelMode: 'skip' }, 'skip']]) {
        const { page, router } = await connectedTo(canceling);
        const aborting = new AbortController();
        const parts = [];
        const call = page.carillon.call('slow', [], {},
            { signal: aborting.signal, onProgress: part => parts.push(part), ...options });
        const rejected = assert.rejects(call, { uri: 'wamp.error.canceled' });
        await settled();
        assert.deepEqual(router.hears(), [48, 1, { receive_progress: true }, 'slow']);
        aborting.abort();
        assert.deepEqual(router.hears(), [49, 1, { mode }]);
        await router.says(50, 1, { progress: true }, ['late']);
        await router.says(8, 48, 1, {}, 'wamp.error.canceled');
        await rejected;
        aborting.abort();
        router.hearsNothing();
        assert.deepEqual(parts, []);
    }
});

test('an answer that crosses CANCEL counts', async () => {
    const { page, router } = await connectedTo(canceling);
    const aborting = new AbortController();
    const call = page.carillon.call('fast', [], {}, { signal: aborting.signal });
    await settled();
    router.hears();
    aborting.abort();
    await router.says(50, 1, {}, ['done']);
    assert.equal((await call).result, 'done');
});

test('a signal that is aborted already keeps the call from being made, and one aborted later does nothing', async () => {
    const { page, router } = await connectedTo(canceling);
    await assert.rejects(page.carillon.call('slow', [], {}, { signal: AbortSignal.abort() }), { uri: 'wamp.error.canceled' });
    router.hearsNothing();
    const aborting = new AbortController();
    const call = page.carillon.call('fast', [], {}, { signal: aborting.signal });
    await settled();
    assert.equal(router.hears()[1], 1);
    await router.says(50, 1, {});
    await call;
    assert.equal(getEventListeners(aborting.signal, 'abort').length, 0);
    aborting.abort();
    router.hearsNothing();
});

test('a router that knows no CANCEL is sent none: the call ends here, and its answer is ignored', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const aborting = new AbortController();
    const call = assert.rejects(page.carillon.call('slow', [], {}, { signal: aborting.signal }),
        { uri: 'wamp.error.canceled' });
    await settled();
    router.hears();
    aborting.abort();
    await call;
    router.hearsNothing();
    await router.says(50, 1, {}, ['late']);
    assert.equal(page.carillon.state, 'open');
});

test('register sends its options by their names at the router', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const options = { match: 'prefix', invoke: 'roundrobin', force: true, discloseCaller: true, onerror: () => {} };
    page.carillon.register('page', () => {}, options);
    await settled();
    const [, , sent] = router.hears();
    assert.deepEqual(sent, { match: 'prefix', invoke: 'roundrobin', force_reregister: true, disclose_caller: true });
});

test('a handler tells its progress to a caller that asked for it, until it has answered', async () => {
    const page = await Page.connected();
    const router = await page.router();
    let progress;
    await serving(page, 'report', async invocation => {
        ({ progress } = invocation);
        progress?.('first');
        await null;
        progress?.(new Result([1, 2], { half: true }));
        return 'done';
    });
    await router.says(68, 5, 80, { receive_progress: true });
    assert.deepEqual(router.hears(), [70, 5, { progress: true }, ['first']]);
    assert.deepEqual(router.hears(), [70, 5, { progress: true }, [1, 2], { half: true }]);
    assert.deepEqual(router.hears(), [70, 5, {}, ['done']]);
    progress('too late');
    router.hearsNothing();
    await router.says(68, 6, 80, {});
    assert.deepEqual(router.hears(), [70, 6, {}, ['done']]);
});

test('INTERRUPT aborts the signal of the invocation that it names, and no other', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const signals = [];
    await serving(page, 'slow', ({ signal, progress }) => new Promise((resolve, reject) => {
        signals.push(signal);
        signal.addEventListener('abort', () => {
            progress('not any more');
            reject(new DOMException('stopped', 'AbortError'));
        });
    }));
    for (const request of [5, 6]) await router.says(68, request, 80, { receive_progress: true });
    await router.says(69, 5, { mode: 'kill' });
    assert.deepEqual(signals.map(({ aborted }) => aborted), [true, false]);
    assert.deepEqual(router.hears(), [8, 68, 5, {}, 'wamp.error.canceled', ['The call of slow was cancelled']]);
    router.hearsNothing();
    await router.says(69, 5, { mode: 'kill' });
    assert.deepEqual([page.reported, page.carillon.state], [[], 'open']);
});

test('the signal of an invocation is aborted when the connection is lost', async () => {
    const page = await Page.connected();
    const router = await page.router();
    let signal;
    await serving(page, 'slow', invocation => {
        ({ signal } = invocation);
        return new Promise(() => {});
    });
    await router.says(68, 5, 80, {});
    await router.drops(1006);
    assert.equal(signal.reason.uri, 'carillon.error.connection_lost');
});

test('a registration that the router revokes is told to its onerror and as an event, and not made again', async () => {
    const page = await Page.connected();
    const router = await page.router();
    const registration = await serving(page, 'page.title', () => {});
    const told = [];
    registration.onerror = error => told.push(error.uri);
    await router.says(67, 0, { registration: 80, reason: 'wamp.error.not_authorized' });
    assert.deepEqual([told, registration.active], [['wamp.error.not_authorized'], false]);
    assert.deepEqual(page.heard, ['revoked']);
    assert.equal(page.event('revoked').procedure, 'page.title');
    await router.drops(1006);
    await page.clock.passes(1000);
    const next = await page.router();
    await next.welcomes();
    next.hearsNothing();
});

test('HELLO announces what the tests of this folder show', async () => {
    const page = new Page();
    const router = await page.router();
    router.opens();
    const { publisher, subscriber, caller, callee } = router.hears()[2].roles;
    const names = role => Object.keys(role.features).filter(name => role.features[name] === true).sort();
    assert.deepEqual([publisher, subscriber, caller, callee].map(names), [
        ['publisher_exclusion', 'publisher_identification', 'subscriber_blackwhite_listing'],
        ['pattern_based_subscription', 'publisher_identification', 'subscription_revocation'],
        ['call_canceling', 'call_timeout', 'caller_identification', 'progressive_call_results'],
        ['call_canceling', 'caller_identification', 'pattern_based_registration', 'progressive_call_results',
            'registration_revocation', 'shared_registration'],
    ]);
});
