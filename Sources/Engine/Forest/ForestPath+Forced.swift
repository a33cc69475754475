// SPDX-License-Identifier: Apache-2.0

// A path that whoever measures wants, in any program: one that the processor has faster ways than.

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension ForestPath {
    /// The variable of the environment that names the path of all models, read once.
    package static let variable = "VIGIE_FOREST_PATH"

    /// What the variable says; nil without it.
    package static let wantedName = getenv(variable).map { String(cString: $0) }

    /// The path that the variable names; nil if it names none that runs here.
    package static let forced = wantedName.flatMap { ForestPath(name: $0) }

    /// The path of that name, if it runs on this processor.
    package init?(name: String) {
        guard let path = Self.allCases.first(where: { "\($0)" == name && $0.runsHere }) else {
            return nil
        }
        self = path
    }

    /// The names of all paths of this processor, for people.
    package static var namesHere: String {
        allCases.filter(\.runsHere).map { "\($0)" }.joined(separator: ", ")
    }
}
