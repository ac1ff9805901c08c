/// An author's desk: the SDK installed in a folder of its own, the program, and an empty folder to work in.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::author {

/// A compiler may take its time on a busy machine.
inline constexpr std::chrono::minutes kPatience{5};

class Workshop {
 public:
    /// Where `cmake --install` put the SDK; once for all tests.
    static const std::filesystem::path& sdk() {
        static const support::TempDir prefix{"sdk"};
        static const bool installed = [] {
            const auto done = support::run_program(
                {CMAKE, {"--install", BUILD, "--component", "dev", "--prefix", prefix.path().string()}});
            if (done.code != 0) throw std::runtime_error(done.output + done.errors);
            return true;
        }();
        (void)installed;
        return prefix.path();
    }

    support::Finished run(const std::string& program, std::vector<std::string> arguments) const {
        support::Launch launch{program, std::move(arguments)};
        launch.directory = folder.path();
        launch.environment["CANDOUR_CONFIG"] = "";
        launch.environment["CMAKE_PREFIX_PATH"] = sdk().string();
        launch.environment["CMAKE_BUILD_PARALLEL_LEVEL"] = "2";
        return support::run_program(launch, kPatience);
    }
    support::Finished candour(std::vector<std::string> arguments) const {
        return run(PROGRAM, std::move(arguments));
    }
    /// Configures and builds `source`; what went wrong, or nothing.
    std::string build(const std::string& source) const {
        const support::Finished configured =
            run(CMAKE, {"-S", source, "-B", "build", "-G", "Ninja",
                        std::string("-DCANDOUR_PROGRAM=") + PROGRAM, "-DCMAKE_BUILD_TYPE=None"});
        if (configured.code != 0) return configured.output + configured.errors;
        const support::Finished built = run(CMAKE, {"--build", "build"});
        return built.code == 0 ? std::string() : built.output + built.errors;
    }

    support::TempDir folder{"author"};
};

}  // namespace candour::author
