/// with_postgresql PROGRAM ARGUMENTS…: runs it beside a PostgreSQL of its own, empty databases of which stand
/// in CANDOUR_DATABASES, one for each house that the stories open; ends as it ends.
#include <cstdlib>
#include <iostream>
#include <string>

#include "support/postgres_server.hpp"

int main(int count, char** words) try {
    using namespace candour::support;
    if (count < 2) {
        std::cerr << "with_postgresql: expected a program and its arguments, found none\n";
        return 64;
    }
    PostgresServer server{PostgresServer::Settings{}};
    std::string urls;
    for (const char* name : {"house_1", "house_2", "house_3", "house_4", "house_5", "house_6"}) {
        server.execute(std::string("CREATE DATABASE ") + name);
        urls += (urls.empty() ? "" : " ") + server.url(name);
    }
    setenv("CANDOUR_DATABASES", urls.c_str(), 1);
    Launch launch{.program = words[1], .arguments = {words + 2, words + count}};
    const Finished ended = run_program(launch, std::chrono::minutes{30});
    std::cout << ended.output;
    std::cerr << ended.errors;
    return ended.code;
} catch (const std::exception& failure) {
    std::cerr << "with_postgresql: " << failure.what() << "\n";
    return 1;
}
