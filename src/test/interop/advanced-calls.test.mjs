/** What calls can do beyond the Basic Profile, as far as each library can. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autobahnSession, freshUri, Inbox, wampySession, within } from './support.mjs';
import { Wampy } from 'wampy';

/** It can continue a call and does not say so in its HELLO, without which the specification forbids it. */
class StreamingWampy extends Wampy {
    constructor(...args) {
        super(...args);
        Object.assign(this._wamp_features.roles.caller.features, { progressive_call_invocations: true });
        Object.assign(this._wamp_features.roles.callee.features, {
            progressive_call_invocations: true,
            call_canceling: true,
        });
    }
}

/** Promises of our own cannot tell of progress, which autobahn needs of those that it makes. */
function deferred(notify) {
    let ends;
    const promise = new Promise((resolve, reject) => { ends = { resolve, reject }; });
    return { promise, ...ends, notify };
}

/** An autobahn callee that leaves its invocations to the test. */
async function autobahnServing(options, procedure = freshUri()) {
    const { session } = await autobahnSession();
    const invocations = new Inbox();
    const endpoint = (args, kwargs, details) =>
        new Promise((resolve, reject) => invocations.receive({ args, details, resolve, reject }));
    await within(session.register(procedure, endpoint, options), 'REGISTERED');
    return { procedure, invocations, session };
}

test('results of autobahn reach wampy one by one', async () => {
    const { procedure, invocations } = await autobahnServing();
    const { wampy } = await wampySession();
    const parts = new Inbox();
    const result = wampy.call(procedure, null, { progress_callback: ({ argsList }) => parts.receive(argsList) });
    const { details, resolve } = await invocations.next('INVOCATION');
    details.progress([1]);
    details.progress([2]);
    assert.deepEqual(await parts.next(), [1]);
    assert.deepEqual(await parts.next(), [2]);
    resolve(3);
    assert.deepEqual((await within(result, 'RESULT')).argsList, [3]);
});

test('results of wampy reach autobahn one by one', async () => {
    const procedure = freshUri();
    const { wampy } = await wampySession();
    await within(wampy.register(procedure, ({ result_handler: part }) => {
        part({ argsList: [1], options: { progress: true } });
        part({ argsList: [2], options: { progress: true } });
        return { argsList: [3] };
    }), 'REGISTERED');
    const parts = [];
    const { session } = await autobahnSession({ use_deferred: () => deferred(part => parts.push(part)) });
    const call = session.call(procedure, [], {}, { receive_progress: true });
    assert.equal(await within(call.promise ?? call, 'RESULT'), 3);
    assert.deepEqual(parts, [1, 2]);
});

test('autobahn is not asked for results one by one by a caller that wants one', async () => {
    const { procedure, invocations } = await autobahnServing();
    const { wampy } = await wampySession();
    const result = wampy.call(procedure);
    const { details, resolve } = await invocations.next('INVOCATION');
    assert.equal(details.progress, null);
    resolve('all');
    assert.deepEqual((await within(result, 'RESULT')).argsList, ['all']);
});

for (const mode of [undefined, 'skip', 'kill', 'killnowait']) {
    test(`wampy cancels a call, mode ${mode}, and the late answer of autobahn harms nobody`, async () => {
        const { procedure, invocations } = await autobahnServing();
        const { wampy } = await wampySession();
        const canceled = assert.rejects(wampy.call(procedure), { errorUri: 'wamp.error.canceled' });
        const { reqId } = wampy.getOpStatus();
        const { resolve } = await invocations.next('INVOCATION');
        wampy.cancel(reqId, mode && { mode });
        await within(canceled, 'ERROR');
        resolve('late');
        const result = wampy.call(procedure);
        (await invocations.next('INVOCATION')).resolve('in time');
        assert.deepEqual((await within(result, 'RESULT')).argsList, ['in time']);
    });
}

test('autobahn cancels a call with mode kill; in the others it ends itself at the answer', async () => {
    const { procedure, invocations } = await autobahnServing();
    const { session } = await autobahnSession();
    const call = session.call(procedure);
    const canceled = assert.rejects(Promise.resolve(call), { error: 'wamp.error.canceled' });
    await invocations.next('INVOCATION');
    call.cancel({ mode: 'kill' });
    await within(canceled, 'ERROR');
    const result = session.call(procedure);
    (await invocations.next('INVOCATION')).resolve('in time');
    assert.equal(await within(result, 'RESULT'), 'in time');
});

test('a call of wampy ends when its time is over, and autobahn answers for nobody', async () => {
    const { procedure, invocations } = await autobahnServing();
    const { wampy } = await wampySession();
    const late = wampy.call(procedure, null, { timeout: 50 });
    await assert.rejects(within(late, 'ERROR'), { errorUri: 'wamp.error.timeout' });
    (await invocations.next('INVOCATION')).resolve('late');
    const inTime = wampy.call(procedure, null, { timeout: 5000 });
    (await invocations.next('INVOCATION')).resolve('in time');
    assert.deepEqual((await within(inTime, 'RESULT')).argsList, ['in time']);
});

test('a call of autobahn ends when its time is over', async () => {
    const { procedure } = await autobahnServing();
    const { session } = await autobahnSession();
    const late = session.call(procedure, [], {}, { timeout: 50 });
    await assert.rejects(within(Promise.resolve(late), 'ERROR'), { error: 'wamp.error.timeout' });
});

test('a caller is disclosed to autobahn when it wants to be, or the callee wants to know', async () => {
    const { procedure, invocations } = await autobahnServing();
    const { wampy, welcome } = await wampySession();
    const { session } = await autobahnSession();
    wampy.call(procedure, null, { disclose_me: true }).catch(() => {});
    const known = (await invocations.next('INVOCATION')).details;
    assert.equal(known.caller_authrole, 'anonymous');
    assert.ok(known.caller >= 1, `${known.caller} ${JSON.stringify(welcome)}`);
    session.call(procedure, [], {}, { disclose_me: true }).catch(() => {});
    assert.equal((await invocations.next('INVOCATION')).details.caller, session.id);
    session.call(procedure).catch(() => {});
    assert.equal((await invocations.next('INVOCATION')).details.caller, undefined);
    const curious = await autobahnServing({ disclose_caller: true });
    session.call(curious.procedure).catch(() => {});
    assert.equal((await curious.invocations.next('INVOCATION')).details.caller, session.id);
});

for (const match of ['prefix', 'wildcard']) {
    const base = freshUri();
    const pattern = match === 'prefix' ? base : `${base}..total`;
    const procedure = `${base}.tea.total`;

    test(`autobahn serves a pattern, match ${match}, and is told what was called`, async () => {
        const { invocations } = await autobahnServing({ match }, pattern);
        const { wampy } = await wampySession();
        const result = wampy.call(procedure, [1]);
        const { args, details, resolve } = await invocations.next('INVOCATION');
        assert.equal(details.procedure, procedure);
        resolve(args[0] + 1);
        assert.deepEqual((await within(result, 'RESULT')).argsList, [2]);
    });

    test(`wampy serves a pattern, match ${match}, and is told what was called`, async () => {
        const { wampy } = await wampySession();
        const served = pattern.replace(base, `${base}_w`);
        await within(
            wampy.register(served, ({ details }) => ({ argsList: [details.procedure] }), { match }), 'REGISTERED');
        const { session } = await autobahnSession();
        const called = procedure.replace(base, `${base}_w`);
        assert.equal(await within(session.call(called), 'RESULT'), called);
    });
}

test('autobahn and wampy take turns in a procedure that they share, and one goes on when the other leaves', async () => {
    const procedure = freshUri();
    const invoke = 'roundrobin';
    const one = await autobahnSession();
    await within(one.session.register(procedure, () => 'autobahn', { invoke }), 'REGISTERED');
    const other = await wampySession();
    await within(other.wampy.register(procedure, () => ({ argsList: ['wampy'] }), { invoke }), 'REGISTERED');
    const { session } = await autobahnSession();
    const call = () => within(session.call(procedure), 'RESULT');
    assert.deepEqual([await call(), await call(), await call()], ['autobahn', 'wampy', 'autobahn']);
    one.connection.close();
    await within(one.closed, 'the end of the session');
    assert.deepEqual([await call(), await call()], ['wampy', 'wampy']);
    const refused = { error: 'wamp.error.procedure_exists_with_different_invocation_policy' };
    await assert.rejects(
        within(Promise.resolve(session.register(procedure, () => 1, { invoke: 'first' })), 'ERROR'), refused);
});

test('autobahn takes the place of its lingering session, which hears that it lost it', async () => {
    const { procedure, session: lingering } = await autobahnServing();
    const [registration] = lingering.registrations;
    const { session } = await autobahnSession();
    await within(session.register(procedure, () => 'back', { force_reregister: true }), 'REGISTERED');
    const { wampy } = await wampySession();
    assert.deepEqual((await within(wampy.call(procedure), 'RESULT')).argsList, ['back']);
    assert.equal(registration.active, false);
    assert.ok(lingering.isOpen);
});

test('arguments of wampy arrive one by one as one call', async () => {
    const procedure = freshUri();
    const { wampy: callee } = await wampySession(StreamingWampy);
    const invocations = new Inbox();
    await within(callee.register(procedure, ({ argsList, details }) => {
        invocations.receive({ argsList, more: details.progress === true });
        if (details.progress) return new Promise(() => {});   // no answer before the last
        return { argsList: ['all there'] };
    }), 'REGISTERED');
    const { wampy } = await wampySession(StreamingWampy);
    const { result, sendData } = wampy.progressiveCall(procedure, [1]);
    sendData([2], { progress: true });
    sendData([3], { progress: false });
    assert.deepEqual(await invocations.next('INVOCATION'), { argsList: [1], more: true });
    assert.deepEqual(await invocations.next('INVOCATION'), { argsList: [2], more: true });
    assert.deepEqual(await invocations.next('INVOCATION'), { argsList: [3], more: false });
    assert.deepEqual((await within(result, 'RESULT')).argsList, ['all there']);
});

test('wampy wraps payloads whose attributes travel with call and result', async () => {
    const procedure = freshUri();
    const sealed = { ppt_scheme: 'x_interop', ppt_serializer: 'json' };
    const serializers = { payloadSerializers: { json: { encode: JSON.stringify, decode: JSON.parse } } };
    const { wampy: callee } = await wampySession(Wampy, serializers);
    await within(callee.register(procedure, ({ details, argsList }) => {
        assert.equal(details.ppt_scheme, 'x_interop');
        return { argsList: [...argsList, 'back'], options: sealed };
    }), 'REGISTERED');
    const { wampy } = await wampySession(Wampy, serializers);
    const result = await within(wampy.call(procedure, ['there'], sealed), 'RESULT');
    assert.deepEqual(result.argsList, ['there', 'back']);
    assert.equal(result.details.ppt_scheme, 'x_interop');
});
