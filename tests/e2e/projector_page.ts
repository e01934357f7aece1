// The large screen.

import { DevicePage } from "./device_page.ts";

export class ProjectorPage extends DevicePage {}
