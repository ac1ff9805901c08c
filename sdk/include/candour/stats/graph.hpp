/// Graphs of an account's size: where one node holds two parts together, and how many separate ways there
/// are.
#ifndef CANDOUR_STATS_GRAPH_HPP
#define CANDOUR_STATS_GRAPH_HPP
#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "candour/stats/figure.hpp"

namespace candour::stats {

/// Undirected and simple: loops and repeated edges are taken once or not at all.
class Graph {
 public:
    explicit Graph(std::size_t nodes) : neighbours_(nodes) {}

    std::size_t size() const { return neighbours_.size(); }
    /// Errors: invalid when an end is no node.
    Done connect(std::size_t one, std::size_t other) {
        if (one >= size() || other >= size())
            return out_of_range("edge", "nodes below " + std::to_string(size()),
                                static_cast<double>(std::max(one, other)));
        if (one == other) return done();
        neighbours_[one].insert(other);
        neighbours_[other].insert(one);
        return done();
    }
    const std::set<std::size_t>& neighbours(std::size_t of) const { return neighbours_[of]; }
    bool connected(std::size_t one, std::size_t other) const { return neighbours_[one].contains(other); }

 private:
    std::vector<std::set<std::size_t>> neighbours_;
};

struct Articulation {
    std::vector<std::size_t> points;  ///< ascending: without one of these something falls apart
    std::size_t components = 0;       ///< biconnected ones; a single edge is one
};

namespace detail {

/// Tarjan's walk with a stack of its own, so that a long chain does not exhaust the program's.
class TarjanWalk {
 public:
    explicit TarjanWalk(const Graph& graph) : graph_(graph), found_at_(graph.size()), lowest_(graph.size()) {}

    Articulation run() {
        for (std::size_t root = 0; root < graph_.size(); ++root)
            if (found_at_[root] == 0) from(root);
        result_.points.assign(points_.begin(), points_.end());
        return result_;
    }

 private:
    struct Visit {
        std::size_t node;
        std::size_t parent;
        std::set<std::size_t>::const_iterator next;
    };

    void enter(std::size_t node, std::size_t parent) {
        found_at_[node] = lowest_[node] = ++clock_;
        path_.push_back({node, parent, graph_.neighbours(node).begin()});
    }
    void from(std::size_t root) {
        branches_ = 0;
        enter(root, root);
        while (!path_.empty()) step(root);
        if (branches_ < 2) points_.erase(root);
    }
    void step(std::size_t root) {
        Visit& visit = path_.back();
        if (visit.next == graph_.neighbours(visit.node).end()) return leave(root);
        const std::size_t other = *visit.next++;
        if (found_at_[other] == 0)
            enter(other, visit.node);
        else if (other != visit.parent)
            lowest_[visit.node] = std::min(lowest_[visit.node], found_at_[other]);
    }
    /// Whoever reaches no further back than its parent hangs on it. A root is a point from two branches on.
    void leave(std::size_t root) {
        const Visit visit = path_.back();
        path_.pop_back();
        if (visit.node == root) return;
        lowest_[visit.parent] = std::min(lowest_[visit.parent], lowest_[visit.node]);
        if (lowest_[visit.node] < found_at_[visit.parent]) return;
        ++result_.components;
        branches_ += visit.parent == root ? 1 : 0;
        points_.insert(visit.parent);
    }

    const Graph& graph_;
    std::vector<std::size_t> found_at_, lowest_;
    std::vector<Visit> path_;
    std::size_t clock_ = 0;
    std::size_t branches_ = 0;  ///< that hang on the root of this walk
    std::set<std::size_t> points_;
    Articulation result_;
};

/// Unit vertex capacities: each node but the ends is an entrance and an exit with one unit between them.
class UnitFlow {
 public:
    UnitFlow(const Graph& graph, std::size_t source, std::size_t sink, std::optional<std::size_t> without)
        : arcs_(2 * graph.size()), source_(2 * source + 1), sink_(2 * sink) {
        for (std::size_t node = 0; node < graph.size(); ++node) {
            if (node == without) continue;
            add(2 * node, 2 * node + 1);
            for (const std::size_t other : graph.neighbours(node))
                if (other != without) add(2 * node + 1, 2 * other);
        }
    }
    int run() {
        int flow = 0;
        while (augment()) ++flow;
        return flow;
    }

 private:
    struct Arc {
        std::size_t to;
        std::size_t back;
        int left;
    };

    void add(std::size_t from, std::size_t to) {
        arcs_[from].push_back({to, arcs_[to].size(), 1});
        arcs_[to].push_back({from, arcs_[from].size() - 1, 0});
    }
    /// One more way, found breadth first.
    bool augment() {
        std::vector<std::optional<std::pair<std::size_t, std::size_t>>> came(arcs_.size());
        std::vector<std::size_t> queue{source_};
        for (std::size_t head = 0; head < queue.size() && !came[sink_]; ++head)
            for (std::size_t at = 0; at < arcs_[queue[head]].size(); ++at) {
                const Arc& arc = arcs_[queue[head]][at];
                if (arc.left == 0 || arc.to == source_ || came[arc.to]) continue;
                came[arc.to] = {queue[head], at};
                queue.push_back(arc.to);
            }
        if (!came[sink_]) return false;
        for (std::size_t node = sink_; node != source_; node = came[node]->first) {
            Arc& arc = arcs_[came[node]->first][came[node]->second];
            --arc.left;
            ++arcs_[node][arc.back].left;
        }
        return true;
    }

    std::vector<std::vector<Arc>> arcs_;
    std::size_t source_, sink_;
};

}  // namespace detail

/// Source: R. Tarjan, SIAM Journal on Computing 1, 1972.
inline Articulation articulation(const Graph& graph) {
    return detail::TarjanWalk(graph).run();
}

/// How many ways lead from one node to another without sharing a node, optionally with a third one removed. A
/// direct edge is one way.
///
/// Errors: invalid when the ends are the same, no nodes, or one of them is the removed one.
/// Source: K. Menger, Fundamenta Mathematicae 10, 1927.
inline Result<int> separate_ways(const Graph& graph, std::size_t source, std::size_t sink,
                                 std::optional<std::size_t> without = {}) {
    if (source >= graph.size() || sink >= graph.size() || source == sink || source == without ||
        sink == without)
        return Error{ErrorCode::invalid, "ways: expected two different nodes that are not the removed one"};
    return detail::UnitFlow(graph, source, sink, without).run();
}

/// How many nodes must go until the graph falls apart; one less than its size when every two are connected.
inline int vertex_connectivity(const Graph& graph) {
    const std::size_t n = graph.size();
    int least = n == 0 ? 0 : static_cast<int>(n) - 1;
    for (std::size_t one = 0; one < n; ++one)
        for (std::size_t other = one + 1; other < n; ++other)
            if (!graph.connected(one, other))
                least = std::min(least, detail::UnitFlow(graph, one, other, {}).run());
    return least;
}

}  // namespace candour::stats
#endif
