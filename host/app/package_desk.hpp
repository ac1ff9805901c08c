/// Packages into plugins that run: checked, unpacked, started beside what runs, and then in its place.
#pragma once
#include <functional>
#include <map>
#include <set>

#include "edge/package/package.hpp"
#include "edge/plugin/registry.hpp"
#include "flow/clock.hpp"
#include "flow/packages/packages.hpp"

namespace candour::app {

struct PackageRules {
    std::filesystem::path shelf;  ///< where packages are unpacked
    std::filesystem::path trust;  ///< whose packages we take
    package::Unsigned strangers = package::Unsigned::worker_only;
    std::filesystem::path own_plugins;  ///< those that came with the host
};

class PackageDesk final : public flow::PackageDesk {
 public:
    /// `started` hears of each plugin that was started or replaced.
    PackageDesk(flow::Packages& store, plugin::Registry& registry, flow::Clock& clock, PackageRules rules,
                std::function<void()> started)
        : store_(store),
          registry_(registry),
          clock_(clock),
          rules_(std::move(rules)),
          started_(std::move(started)) {}

    flow::Task<Result<flow::InstalledPlugin>> install(std::string bytes, flow::Doer by) override;
    flow::Task<Result<flow::InstalledPlugin>> show(std::string plugin) override;
    flow::Task<Result<flow::InstalledPlugin>> enable(std::string plugin, flow::Doer by) override;
    flow::Task<Result<flow::InstalledPlugin>> disable(std::string plugin, flow::Doer by) override;
    flow::Task<Result<flow::InstalledPlugin>> roll_back(std::string plugin, flow::Doer by) override;
    flow::Task<Result<flow::InstalledPlugin>> grant(std::string plugin, std::vector<std::string> give,
                                                    std::vector<std::string> take, flow::Doer by) override;

    /// What the database says is enabled runs here too; what is disabled ends. Returns how many changed.
    flow::Task<int> catch_up();
    /// Again and again: another host may have decided something.
    flow::Task<void> follow();

 private:
    struct Unpacked {
        std::filesystem::path folder;
        plugin::Manifest manifest;
        package::Signer signer;
    };
    using Wish = flow::Installation;
    /// One decision about a plugin at a time, for as long as this lives.
    class Turn {
     public:
        Turn(std::set<std::string>& taken, std::string plugin);
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        bool ours() const { return ours_; }

     private:
        std::set<std::string>& taken_;
        const std::string plugin_;
        const bool ours_;
    };

    flow::Task<Result<Unpacked>> unpack(std::string digest);
    flow::Task<Result<flow::Installation>> find(std::string plugin);
    /// Runs what the wish says and then keeps it; when it does not start, nothing is kept.
    flow::Task<Result<flow::InstalledPlugin>> decide(Wish wish, flow::Doer by, std::string act);
    flow::Task<Done> run(Wish wish);
    flow::Task<Done> apply(Wish wish);
    Done may_run(const Unpacked& package) const;
    flow::Task<Result<flow::InstalledPlugin>> view(flow::Installation installation);

    flow::Packages& store_;
    plugin::Registry& registry_;
    flow::Clock& clock_;
    const PackageRules rules_;
    const std::function<void()> started_;
    std::map<std::string, Wish> applied_;  ///< what runs here, as far as it came from packages
    std::set<std::string> deciding_;       ///< plugins, while a decision about them is carried out
};

}  // namespace candour::app
