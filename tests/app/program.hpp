/// The real `candour`, run in a folder of the test's own, deaf to the configuration of whoever runs the
/// tests.
#pragma once
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::app {

class Program {
 public:
    support::Finished run(std::vector<std::string> arguments, const std::string& input = {}) const {
        support::Launch launch{PROGRAM, std::move(arguments)};
        for (const char* name :
             {"CANDOUR_CONFIG", "CANDOUR_DATABASE", "CANDOUR_LISTEN", "CANDOUR_PUBLIC_URL",
              "CANDOUR_SERVER_KEYS", "CANDOUR_SMTP_SECRET", "CANDOUR_TOKEN", "CANDOUR_URL"})
            launch.environment[name] = "";
        for (const auto& [name, value] : environment) launch.environment[name] = value;
        launch.directory = folder.path();
        launch.input = input;
        return support::run_program(launch);
    }
    /// A configuration and an empty database in ./var.
    void set_up() const {
        run({"init", "--dir", "var"});
        run({"migrate"});
    }
    std::string file(const std::string& name) const {
        std::ifstream stream(folder / name, std::ios::binary);
        std::ostringstream content;
        content << stream.rdbuf();
        return content.str();
    }

    support::TempDir folder{"app"};
    std::map<std::string, std::string> environment;
};

}  // namespace candour::app
