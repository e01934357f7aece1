// A participant's phone.

import { DevicePage } from "./device_page.ts";

export class PhonePage extends DevicePage {}
