/** Remote procedure calls between the clients of either library, in each pair of caller and callee. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIBRARIES, Refusal } from './calling.mjs';
import { freshUri, Inbox } from './support.mjs';

const MANY = 500;

/** A handler that answers when it is told to: `invocations` has the payload of each and the function for its answer. */
function patient() {
    const invocations = new Inbox();
    const handler = payload => new Promise(resolve => invocations.receive({ ...payload, resolve }));
    return { invocations, handler };
}

const echo = payload => payload;

for (const [callerName, joinCaller] of Object.entries(LIBRARIES)) {
    for (const [calleeName, joinCallee] of Object.entries(LIBRARIES)) {
        describe(`${callerName} calls ${calleeName}`, () => {
            async function serving(handler) {
                const procedure = freshUri();
                const callee = await joinCallee();
                await callee.register(procedure, handler);
                return { procedure, callee, caller: await joinCaller() };
            }

            test('arguments and results arrive as they were sent, lists and dictionaries', async () => {
                const { procedure, caller } = await serving(echo);
                const args = [null, true, 0, -1.5, 2 ** 53 - 1, '', 'žluťoučký 🔔 \u0000 "\\', [[1]], {}];
                const kwargs = { a: { b: [null] }, of: args };
                assert.deepEqual(await caller.call(procedure, { args, kwargs }), { args, kwargs });
                assert.deepEqual(await caller.call(procedure, { args }), { args, kwargs: {} });
                assert.deepEqual(await caller.call(procedure, { kwargs }), { args: [], kwargs });
            });

            test('a call without arguments is answered without a result', async () => {
                const { procedure, caller } = await serving(echo);
                assert.deepEqual(await caller.call(procedure), { args: [], kwargs: {} });
            });

            test('an error of the callee reaches the caller with its URI, list and dictionary', async () => {
                const refusal = new Refusal('com.example.error.sold_out', ['no bells', 0], { until: 'monday' });
                const { procedure, caller } = await serving(() => { throw refusal; });
                await assert.rejects(caller.call(procedure), refusal);
            });

            test('the call after an error is answered', async () => {
                const { procedure, caller } = await serving(({ args: [fails] }) => {
                    if (fails) throw new Refusal('com.example.error.failed');
                    return { args: ['fine'], kwargs: {} };
                });
                await assert.rejects(caller.call(procedure, { args: [true] }), { uri: 'com.example.error.failed' });
                assert.deepEqual((await caller.call(procedure, { args: [false] })).args, ['fine']);
            });

            test('a procedure that nobody serves is an error and the session goes on', async () => {
                const { procedure, caller } = await serving(echo);
                await assert.rejects(caller.call(freshUri()), { uri: 'wamp.error.no_such_procedure' });
                assert.deepEqual((await caller.call(procedure, { args: [1] })).args, [1]);
            });

            test('a procedure that another serves cannot be registered, and still works', async () => {
                const { procedure, caller } = await serving(echo);
                const taken = { uri: 'wamp.error.procedure_already_exists' };
                await assert.rejects(caller.register(procedure, echo), taken);
                assert.deepEqual((await caller.call(procedure, { args: [1] })).args, [1]);
            });

            test('a procedure that was unregistered is gone, and anybody may register it', async () => {
                const { procedure, callee, caller } = await serving(echo);
                await callee.unregister(procedure);
                await assert.rejects(caller.call(procedure), { uri: 'wamp.error.no_such_procedure' });
                await caller.register(procedure, () => ({ args: ['mine now'], kwargs: {} }));
                assert.deepEqual((await callee.call(procedure)).args, ['mine now']);
            });

            test('a call that is under way when its procedure is unregistered is still answered', async () => {
                const { invocations, handler } = patient();
                const { procedure, callee, caller } = await serving(handler);
                const result = caller.call(procedure);
                const { resolve } = await invocations.next('INVOCATION');
                await callee.unregister(procedure);
                resolve({ args: ['late'], kwargs: {} });
                assert.deepEqual((await result).args, ['late']);
            });

            test('a callee that leaves before it answers cancels the call and frees its procedure', async () => {
                const { invocations, handler } = patient();
                const { procedure, callee, caller } = await serving(handler);
                const canceled = assert.rejects(caller.call(procedure), { uri: 'wamp.error.canceled' });
                await invocations.next('INVOCATION');
                await callee.leave();
                await canceled;
                await caller.register(procedure, echo);
            });

            test('a caller that leaves takes nothing from its callee, whose late answer is dropped', async () => {
                const { invocations, handler } = patient();
                const { procedure, caller } = await serving(handler);
                caller.call(procedure).catch(() => {});   // nobody is left to hear how it ends
                const { resolve } = await invocations.next('INVOCATION');
                await caller.leave();
                resolve({ args: ['for nobody'], kwargs: {} });
                const next = await joinCaller();
                const result = next.call(procedure);
                (await invocations.next('INVOCATION')).resolve({ args: ['for the next'], kwargs: {} });
                assert.deepEqual((await result).args, ['for the next']);
            });

            test('calls answered in reverse get each its own result', async () => {
                const { invocations, handler } = patient();
                const { procedure, caller } = await serving(handler);
                const results = [1, 2, 3].map(number => caller.call(procedure, { args: [number] }));
                const pending = [];
                for (const number of [1, 2, 3]) {
                    const invocation = await invocations.next('INVOCATION');
                    assert.deepEqual(invocation.args, [number]);
                    pending.unshift(invocation);
                }
                for (const { args: [number], resolve } of pending) resolve({ args: [number * 10], kwargs: {} });
                assert.deepEqual((await Promise.all(results)).map(({ args }) => args), [[10], [20], [30]]);
            });

            test(`${MANY} calls in flight arrive in their order and are all answered`, async () => {
                const { invocations, handler } = patient();
                const { procedure, caller } = await serving(handler);
                const numbers = Array.from({ length: MANY }, (_, number) => number);
                const results = numbers.map(number => caller.call(procedure, { args: [number] }));
                const pending = [];
                for (const number of numbers) {
                    const invocation = await invocations.next(`INVOCATION ${number}`);
                    assert.deepEqual(invocation.args, [number]);
                    pending.push(invocation);
                }
                pending.forEach(({ args, resolve }) => resolve({ args, kwargs: {} }));
                assert.deepEqual((await Promise.all(results)).map(({ args }) => args[0]), numbers);
            });

            test('a procedure calls its caller back before it answers', async () => {
                const back = freshUri();
                const { procedure, callee, caller } = await serving(async () => callee.call(back, { args: ['who?'] }));
                await caller.register(back, ({ args: [question] }) => ({ args: [question, 'me'], kwargs: {} }));
                assert.deepEqual((await caller.call(procedure)).args, ['who?', 'me']);
            });
        });
    }
}

for (const [name, join] of Object.entries(LIBRARIES)) {
    test(`a session of ${name} calls itself`, async () => {
        const procedure = freshUri();
        const session = await join();
        await session.register(procedure, ({ args: [a, b] }) => ({ args: [a + b], kwargs: {} }));
        assert.deepEqual((await session.call(procedure, { args: [20, 3] })).args, [23]);
    });

    test(`an invalid procedure is an ERROR to ${name} and the session goes on`, async () => {
        const session = await join();
        const invalid = { uri: 'wamp.error.invalid_uri' };
        await assert.rejects(session.register('a..b', echo), invalid);
        await assert.rejects(session.call('a..b'), invalid);
        await assert.rejects(session.register('wamp.session.mine', echo), invalid);
        await session.register(freshUri(), echo);
    });
}
