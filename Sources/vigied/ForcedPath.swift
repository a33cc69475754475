// SPDX-License-Identifier: Apache-2.0

// The path through trees that whoever measures may force: a server that would go another way than
// it was told would measure something else.

internal import CommandFiles
internal import Forest

/// What the environment says of the path.
enum ForcedPath {
    /// What is wrong with it; nil if nothing is.
    static var problem: String? {
        guard let name = ForestPath.wantedName, ForestPath.forced == nil else { return nil }
        return "\(ForestPath.variable) is \"\(name)\", and this processor has no such path"
    }

    /// What to do then.
    static let hint = "unset \(ForestPath.variable), or give one of \(ForestPath.namesHere)"

    /// Refuses a path that there is not.
    static func check() throws(CommandFailure) {
        guard let problem else { return }
        throw CommandFailure(.badConfiguration, problem, hint: hint)
    }
}
