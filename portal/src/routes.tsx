import type { RouteObject } from "react-router";
import { home, rooms } from "./rooms";
import { NotFound } from "./ui/Empty";

export const pages: RouteObject[] = [home, ...rooms.flatMap((room) => room.routes), { path: "*", Component: NotFound }];
