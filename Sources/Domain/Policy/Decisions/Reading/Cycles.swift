// SPDX-License-Identifier: Apache-2.0

// What leads back to itself, found without calling itself, so that long chains take no stack.

/// The first cycle of a graph, or the first chain that is longer than a bound; nil when there is
/// neither. Of a chain all of it is given.
func firstCycle(_ followers: [[Int]], atMost bound: Int) -> [Int]? {
    var heights = [Int](repeating: -1, count: followers.count)
    var isOnPath = [Bool](repeating: false, count: followers.count)
    for start in followers.indices where heights[start] < 0 {
        var path = [(node: start, next: 0)]
        isOnPath[start] = true
        while let last = path.last {
            guard last.next < followers[last.node].count else {
                let height = followers[last.node].map { heights[$0] + 1 }.max() ?? 0
                heights[last.node] = height
                isOnPath[last.node] = false
                path.removeLast()
                if height >= bound { return path.map(\.node) + [last.node] }
                continue
            }
            path[path.count - 1].next += 1
            let follower = followers[last.node][last.next]
            if isOnPath[follower] {
                return path.map(\.node).drop { $0 != follower } + [follower]
            }
            guard heights[follower] < 0 else { continue }
            path.append((follower, 0))
            isOnPath[follower] = true
        }
    }
    return nil
}
