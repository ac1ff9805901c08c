/// with_postgresql PROGRAM ARGUMENTS…: runs it beside a PostgreSQL of its own, an empty database of which
/// stands in CANDOUR_DATABASE; ends as it ends.
#include <cstdlib>
#include <iostream>

#include "support/postgres_server.hpp"

int main(int count, char** words) try {
    using namespace candour::support;
    if (count < 2) {
        std::cerr << "with_postgresql: expected a program and its arguments, found none\n";
        return 64;
    }
    PostgresServer server{PostgresServer::Settings{}};
    server.execute("CREATE DATABASE candour");
    setenv("CANDOUR_DATABASE", server.url("candour").c_str(), 1);
    Launch launch{.program = words[1], .arguments = {words + 2, words + count}};
    const Finished ended = run_program(launch, std::chrono::minutes{30});
    std::cout << ended.output;
    std::cerr << ended.errors;
    return ended.code;
} catch (const std::exception& failure) {
    std::cerr << "with_postgresql: " << failure.what() << "\n";
    return 1;
}
