import { expect, test } from 'vitest';
import { startProgress } from './progress.ts';

/** A clock that the test moves by hand, in milliseconds. */
function handClock() {
  let time = 0;
  return { read: () => time, wait: (milliseconds: number) => (time += milliseconds) };
}

test('says at most twenty events a second, however often it is asked', () => {
  const clock = handClock();
  const meter = startProgress('import', 10_000, 0, clock.read);
  let events = 0;
  for (let done = 0; done < 1000; done += 1) {
    clock.wait(1);
    if (meter.at(done)) events += 1;
  }
  expect(events).toBe(20);
});

test('gives the rate of the last five seconds and the time left at that rate', () => {
  const clock = handClock();
  const meter = startProgress('import', 1000, 0, clock.read);
  clock.wait(100);
  meter.at(500);
  for (let second = 1; second <= 10; second += 1) {
    clock.wait(1000);
    meter.at(500 + second * 10);
  }
  clock.wait(1000);
  const { rate, secondsLeft } = meter.now(610);
  expect(rate).toBeCloseTo(10);
  expect(secondsLeft).toBeCloseTo(39);
});

test('does not guess a rate or a time left that it cannot know', () => {
  const clock = handClock();
  const meter = startProgress('scan', null, 0, clock.read);
  expect(meter.now(0)).toEqual({
    kind: 'progress',
    stage: 'scan',
    done: 0,
    total: null,
    rate: null,
    secondsLeft: null,
  });
  clock.wait(1000);
  expect(meter.now(50)).toMatchObject({ rate: 50, secondsLeft: null });
});
