import type { Page } from '@playwright/test';

/** The app as a person has it before them, however it was started. */
export interface AppUnderTest {
  page: Page;
  /** Ends the engine the hard way, as a crash would. */
  killEngine(): Promise<void>;
  /** Ends the app in order. */
  stop(): Promise<void>;
}
