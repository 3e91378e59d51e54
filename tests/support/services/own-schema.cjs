'use strict';
// Before each test file: the worker's own schema, so that parallel files do not empty each other's tables.
const { TEST_DATABASE_URL: url, JEST_WORKER_ID: worker } = process.env;

if (url !== undefined && worker !== undefined && !/_w\d+$/.test(url)) process.env.TEST_DATABASE_URL = `${url}_w${worker}`;
