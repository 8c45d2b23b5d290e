// Starts the page.

import { startChecking } from "./check.js";
import { inlinedClient } from "./inlined.js";
import { startPages } from "./pages.js";
import { hasOwnExercises, startTraining } from "./training.js";

// A page that was made for a course is for training alone.
const isCourse = hasOwnExercises();
const client = inlinedClient();
startPages(isCourse ? ["training"] : undefined);
if (!isCourse) startChecking(client);
startTraining(client);
