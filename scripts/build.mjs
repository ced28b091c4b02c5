import './build-core.mjs';
