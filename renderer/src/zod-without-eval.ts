import { z } from 'zod';

// zod would try to compile its checks, which the content security policy forbids and reports. Imported before any schema.
z.config({ jitless: true });
