// The charts of the admin pages: what they make of counters and gauges.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Samples, latest } from '../../../webapp/resources/admin/samples.js';

const counter = (value, labels = {}) => ({ name: 'events', kind: 'counter', labels, value });
const gauge = value => ({ name: 'connections', kind: 'gauge', labels: {}, value });
const all = () => true;
const values = curve => curve.map(({ value }) => value);

test('a counter is shown by its growth in a second', () => {
    const samples = new Samples();
    samples.add([counter(10)], 1000);
    samples.add([counter(14)], 3000);
    samples.add([counter(14)], 5000);
    assert.deepEqual(values(samples.curve(counter(0))), [0, 2, 0]);
});

test('a gauge is shown as it is', () => {
    const samples = new Samples();
    samples.add([gauge(3)], 1000);
    samples.add([gauge(5)], 3000);
    assert.deepEqual(values(samples.curve(gauge(0))), [3, 5]);
    assert.equal(latest(samples.curve(gauge(0))), 5);
});

test('what the router has not counted yet is nothing', () => {
    const samples = new Samples();
    samples.add([], 1000);
    samples.add([], 3000);
    assert.deepEqual(values(samples.sum(all)), [0, 0]);
    samples.add([counter(6)], 5000);
    assert.deepEqual(values(samples.sum(all)), [0, 0, 3]);
});

test('samples of several labels add up', () => {
    const samples = new Samples();
    samples.add([counter(0, { topic: 'a' }), counter(0, { topic: 'b' })], 1000);
    samples.add([counter(2, { topic: 'a' }), counter(4, { topic: 'b' })], 3000);
    assert.deepEqual(values(samples.sum(all)), [0, 3]);
    assert.deepEqual(values(samples.sum(({ labels }) => labels.topic === 'a')), [0, 1]);
});

test('an outage leaves a hole, and what was counted in it is not shown as a peak', () => {
    const samples = new Samples();
    samples.add([counter(0)], 1000);
    samples.add(null, 3000);
    samples.add([counter(1000)], 5000);
    samples.add([counter(1002)], 7000);
    assert.deepEqual(values(samples.sum(all)), [0, null, 0, 1]);
});

test('a router that was started again counts from zero', () => {
    const samples = new Samples();
    samples.add([counter(500)], 1000);
    samples.add([counter(2)], 3000);
    assert.deepEqual(values(samples.sum(all)), [0, 0]);
});

test('five minutes are kept', () => {
    const samples = new Samples();
    for (let second = 0; second <= 600; second += 2) {
        samples.add([counter(second)], second * 1000);
    }
    assert.equal(samples.sum(all).length, 151);
});
