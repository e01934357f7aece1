// A facilitator's laptop.

import { DevicePage } from "./device_page.ts";

export class FacilitatorPage extends DevicePage {}
