#include <cstdio>
#include <exception>

#include "app/main.hpp"

/// The only wall that catches everything: what reaches it is a bug of ours, and says so.
int main(int count, char** arguments) {
    try {
        return candour::app::run(count, arguments);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "candour: a fault of the program: %s\n", failure.what());
    } catch (...) {
        std::fprintf(stderr, "candour: a fault of the program\n");
    }
    return 1;
}
