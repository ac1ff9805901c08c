/// A metric with a fault is taken out of service with a reason; the host and the other metrics go on.
#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

struct Fault {
    const char* plugin;
    const char* why;
};
void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.plugin;
}

class FaultyMetric : public testing::TestWithParam<Fault> {
 protected:
    World world{store::Dialect::sqlite, {"relationship_nps"}};
};

TEST_P(FaultyMetric, IsSuspendedAndSaysWhyWhileOthersGoOn) {
    world.load(std::filesystem::path(FIXTURES) / GetParam().plugin);
    const core::Contact ada = world.contact("ada@a.example");
    world.accept({world.answer(ada, 10, world.store.clock.now(), "k1")});
    world.catch_up();
    const bj::value figure = world.figure("of_" + std::string(GetParam().plugin));
    EXPECT_TRUE(part(figure, {"value"}).is_null());
    EXPECT_EQ(part(figure, {"reason"}).as_string(), "suspended");
    const std::string why(part(figure, {"why"}).as_string());
    EXPECT_NE(why.find(GetParam().why), std::string::npos) << why;
    world.accept({world.answer(ada, 0, world.store.clock.now() + 1min, "k2")});
    world.catch_up();
    EXPECT_EQ(part(world.figure("relationship_nps"), {"value"}).to_number<double>(), -100);
    EXPECT_EQ(part(world.figure("of_" + std::string(GetParam().plugin)), {"reason"}).as_string(),
              "suspended");
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultyMetric,
                         testing::Values(Fault{"metric_throws", "threw out of unit: boom"},
                                         Fault{"metric_hangs", "unit did not return within 300 ms"},
                                         Fault{"metric_refuses", "I do not like these rows"},
                                         Fault{"metric_short", "cells of states, found"},
                                         Fault{"metric_flood", "cells of states, found"},
                                         Fault{"metric_backwards", "expected a later one"},
                                         Fault{"metric_restless", "times without a new row"},
                                         Fault{"metric_infinite", "not finite"},
                                         Fault{"metric_nan", "no JSON"},
                                         Fault{"metric_outside", "outside the manifest's range"},
                                         Fault{"metric_silent", "expected a value or a reason"},
                                         Fault{"metric_crossed", "low is above its high"}),
                         [](const testing::TestParamInfo<Fault>& of) {
                             return std::string(of.param.plugin);
                         });

TEST(PlainMetric, OfTheSameShapeHasAFigure) {
    World world{store::Dialect::sqlite, {}};
    world.load(std::filesystem::path(FIXTURES) / "metric_plain");
    world.contact("ada@a.example");
    world.catch_up();
    EXPECT_EQ(part(world.figure("of_metric_plain"), {"value"}).to_number<double>(), 0.5);
}

}  // namespace
}  // namespace candour::metrics
