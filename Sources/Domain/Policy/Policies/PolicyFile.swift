// SPDX-License-Identifier: Apache-2.0

// What a policy is read from, and what is told when it cannot be.

package import Documents
internal import VigieLimits

/// A file of a policy.
package struct PolicyFile: Sendable {
    /// Its path within the directory of the policy, such as `tables/sectors.csv`.
    package let path: String
    /// What is in it.
    package let bytes: [UInt8]

    /// Takes path and bytes.
    package init(path: String, bytes: [UInt8]) {
        (self.path, self.bytes) = (path, bytes)
    }

    /// The name without its folder and ending: `sectors`.
    var stem: String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let dot = name.lastIndex(of: ".") else { return name }
        return String(name[..<dot])
    }
}

/// A policy that is refused, with all that is wrong with it.
package struct PolicyError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, each with its file, place and what to do; at least one.
    package let problems: [DocumentProblem]

    /// Takes the problems.
    package init(problems: [DocumentProblem]) { self.problems = problems }

    /// An error of one problem.
    package init(file: String, path: String = "", message: String) {
        problems = [DocumentProblem(file: file, path: path, message: message)]
    }

    /// All problems, one a line.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

/// Problems of all files of a policy; of each file at most `DocumentLimits.problems`.
final class PolicyProblems {
    private(set) var problems: [DocumentProblem] = []
    private var counts: [String: Int] = [:]

    var isEmpty: Bool { problems.isEmpty }

    func add(_ file: String, _ path: String = "", _ message: String) {
        add([DocumentProblem(file: file, path: path, message: message)])
    }

    func add(_ more: [DocumentProblem]) {
        for problem in more where counts[problem.file, default: 0] < DocumentLimits.problems {
            counts[problem.file, default: 0] += 1
            problems.append(problem)
        }
    }
}
