// How a value is written as text, and what kind of value it is: Node's own way.

import { format, type InspectOptions, inspect, types } from 'node:util';

export { format, type InspectOptions, inspect, types };
