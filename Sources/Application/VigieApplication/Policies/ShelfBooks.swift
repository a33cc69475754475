// SPDX-License-Identifier: Apache-2.0

// What was read of a directory of policies at one time.

internal import BundleStore
internal import CreditPolicy
internal import Digests
internal import Documents
internal import Policies
internal import Quantities
internal import ServiceErrors
internal import VigieLimits

/// The versions on a shelf, and what was done with them.
struct ShelfBooks: Sendable {
    /// Versions by the name of their policy, the newest first.
    var versions: [String: [PolicyShelf.Version]] = [:]
    /// What was done, by the name of the policy.
    var lives: [String: PolicyLife] = [:]
    /// Why the records of a policy cannot be used, by its name.
    var faults: [String: ServiceError] = [:]
    /// How often something was done since the server began.
    var changeCount = 0
    /// Bytes of the files of all versions.
    var byteCount = 0
    /// What cannot be used, a sentence each.
    var problems: [String] = []
    /// Whether they come from a directory, which may get more.
    var isDirectory = false

    /// Nothing.
    init() {}

    /// Policies that hold from their first day on.
    init(holding policies: [Policy]) {
        for policy in policies {
            add(PolicyShelf.Version(policy: policy, directory: ""))
            let name = policy.manifest.identifier
            var life = lives[name] ?? PolicyLife()
            for (action, who) in [(PolicyRecord.Action.activate, "program"), (.approve, "owner")] {
                // Before all days, so that none is over.
                let record = PolicyRecord(
                    action,
                    version: policy.manifest.version,
                    contentHash: policy.contentHash,
                    identity: who,
                    isProven: false,
                    seconds: -(1 << 40),
                    from: policy.manifest.effectiveFrom,
                    previous: ""
                )
                do { try life.apply(record) } catch { tell("\(policy.reference): \(error)") }
            }
            lives[name] = life
        }
    }

    /// Reads a directory.
    ///
    /// - Parameter versionsMax: Most versions; others are passed over.
    /// - Throws: When it cannot be read.
    static func read(_ path: String, versionsMax: Int) throws(ServiceError) -> ShelfBooks {
        var books = ShelfBooks()
        books.isDirectory = true
        let directories = try PolicyShelfDirectory.policies(at: path)
        for directory in directories {
            do throws(PolicyError) {
                let files = try PolicyDirectory.files(at: directory)
                books.byteCount += files.reduce(0) { $0 + $1.bytes.count }
                let count = books.versions.reduce(0) { $0 + $1.value.count }
                guard count < versionsMax, books.byteCount <= PolicyLimits.shelfBytes
                else {
                    books.tell(
                        "\(directory) is passed over: there are more than "
                            + "\(versionsMax) versions of policies, or "
                            + "\(PolicyLimits.shelfBytes) bytes (shelfPolicies, shelfBytes)"
                    )
                    break
                }
                books.add(PolicyShelf.Version(policy: try .read(files), directory: directory))
            } catch {
                books.tell(Self.words(directory, error))
            }
        }
        for name in books.versions.keys.sorted() {
            books.readLife(of: name, at: path)
            books.tellChanged(name)
        }
        return books
    }

    /// The first problem of a policy, and how many there are.
    private static func words(_ directory: String, _ error: PolicyError) -> String {
        let first = error.problems.first.map(\.description) ?? ""
        let more = error.problems.count > 1 ? " (and \(error.problems.count - 1) more)" : ""
        return "\(directory) is passed over: \(first)\(more); vigie policy check tells all"
    }

    private mutating func tell(_ words: String) {
        if problems.count < PolicyLimits.shelfProblems { problems.append(words) }
    }

    /// Puts a version on the shelf, unless it cannot be told from another one.
    mutating func add(_ version: PolicyShelf.Version) {
        let policy = version.policy
        let name = policy.manifest.identifier
        guard PolicyShelfDirectory.isName(name) else {
            return tell("\(version.directory) is passed over: its id begins with a point")
        }
        var others = versions[name] ?? []
        if let same = others.firstIndex(where: { $0.policy.reference == policy.reference }) {
            // A copy says the same; of two that do not, nobody knows which is meant.
            guard others[same].policy.contentHash != policy.contentHash else { return }
            tell(
                "\(others[same].directory) and \(version.directory) are both \(policy.reference) "
                    + "and are not the same: both are passed over"
            )
            others.remove(at: same)
            versions[name] = others.isEmpty ? nil : others
            return
        }
        others.append(version)
        versions[name] = others.sorted {
            ModelVersion.isNewer($0.policy.manifest.version, than: $1.policy.manifest.version)
        }
    }

    private mutating func readLife(of name: String, at path: String) {
        do throws(ServiceError) {
            lives[name] = try Self.life(of: name, at: path).life
        } catch {
            faults[name] = error
            tell(error.message)
        }
    }

    /// Tells of a version that two agreed to when it was another one.
    private mutating func tellChanged(_ name: String) {
        guard let life = lives[name], let last = life.lastActivation else { return }
        let version = version(last.version, of: name)
        guard version?.policy.contentHash != last.contentHash else { return }
        let words = version == nil ? "is not there any more" : "was changed since"
        tell("\(name)@\(last.version), which was approved, \(words): nothing is decided by it")
    }

    /// A version of a policy.
    func version(_ version: String, of name: String) -> PolicyShelf.Version? {
        versions[name]?.first { $0.policy.manifest.version == version }
    }

    /// Reads what was done with a policy.
    ///
    /// - Returns: That, and the hash of the last record, which the next one has to name.
    /// - Throws: DATA_LOSS when the records are not whole, or say what cannot have been done.
    static func life(
        of name: String,
        at path: String
    ) throws(ServiceError) -> (life: PolicyLife, last: String) {
        let log = RecordDirectory(PolicyShelfDirectory.records(of: name, at: path))
        var (life, last) = (PolicyLife(), "")
        for (file, bytes) in try log.read() {
            let problems = ProblemList(file: file)
            guard let record = PolicyRecord.read(json: bytes, problems) else {
                throw log.damaged("cannot be used: \(problems.problems.first?.description ?? file)")
            }
            guard record.previous == last else {
                throw log.damaged("was changed: \(file) does not follow the one before it")
            }
            do throws(PolicyLife.Refusal) {
                try life.apply(record, isOld: true)
            } catch {
                throw log.damaged("says what cannot be: \(file): \(error.description)")
            }
            last = Digest.hexadecimal(Digest.sha256(bytes))
        }
        return (life, last)
    }
}
