/// The program: one command line, one exit code.
#pragma once

namespace candour::app {

int run(int count, char** arguments);

}  // namespace candour::app
