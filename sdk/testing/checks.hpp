/// The least that a test needs: sentences that hold or do not. Take the test framework that you like instead.
#ifndef CANDOUR_TESTING_CHECKS_HPP
#define CANDOUR_TESTING_CHECKS_HPP
#include <cstdio>

namespace candour::sdk::testing {

class Checks {
 public:
    void that(bool holds, const char* sentence) {
        std::printf("%s %s\n", holds ? "yes" : "NO ", sentence);
        failed_ = failed_ || !holds;
    }
    /// For main to return.
    int result() const { return failed_ ? 1 : 0; }

 private:
    bool failed_ = false;
};

}  // namespace candour::sdk::testing
#endif
