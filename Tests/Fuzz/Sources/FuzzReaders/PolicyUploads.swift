// SPDX-License-Identifier: Apache-2.0

// Reads the input as what comes to the shelf of policies: parts of files that somebody uploads, and
// records of what was done with a policy.

import CreditPolicy
import Documents
import Policies
import Quantities
import ServiceErrors
import TestPolicies
import VigieApplication
import VigieLimits

private let sound = TestPolicy.files()

/// Called by libFuzzer with each input: parts, each a byte for the length of its path, the path, a
/// byte that says where it begins, two for the length of what is in it, and that. Files that do not
/// come are those of a sound policy.
@_cdecl("vigie_fuzz_policyparts")
func fuzzPolicyParts(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var rest = UnsafeBufferPointer(start: start, count: count)[...]
    func take(_ count: Int) -> [UInt8] {
        let taken = rest.prefix(count)
        rest = rest.dropFirst(taken.count)
        return Array(taken)
    }
    var parts = PolicyParts()
    var came: [String: Int] = [:]
    do throws(ServiceError) {
        while let length = take(1).first {
            let path = String(decoding: take(Int(length)), as: UTF8.self)
            let mark = take(1).first ?? 0
            let size = take(2).reduce(0) { $0 << 8 | Int($1) }
            var bytes = take(size)
            // As much as a part may have, and more.
            if mark == 0xFF { bytes = Array(repeating: mark, count: size * 64) }
            let offset = mark & 1 == 0 ? UInt64(came[path] ?? 0) : UInt64.max >> (mark & 63)
            try parts.add(path: path, offset: offset, bytes: bytes)
            came[path, default: 0] += bytes.count
            check(parts, came)
        }
        for file in sound where came[file.path] == nil {
            try parts.add(path: file.path, offset: 0, bytes: file.bytes)
        }
        let policy = try PolicyShelf.read(parts.files, contentHash: "")
        _ = try PolicyShelf.read(parts.files, contentHash: policy.contentHash)
        precondition(policy.contentHash.utf8.count == 64, "no hash")
    } catch {
        precondition(!error.message.isEmpty && !error.reason.isEmpty, "tells nothing")
        precondition(error.message.utf8.count < 64 << 10, "tells too much")
    }
    return 0
}

/// All that came is there, and nothing leads out of the policy.
private func check(_ parts: PolicyParts, _ came: [String: Int]) {
    precondition(parts.files.count <= PolicyLimits.files, "too many files")
    precondition(parts.byteCount <= PolicyLimits.bytes, "too much")
    let total = parts.files.reduce(0) { $0 + $1.bytes.count }
    precondition(total == parts.byteCount, "bytes are lost")
    var folded: Set<String> = []
    for file in parts.files {
        precondition(came[file.path] == file.bytes.count, "a file is not what came")
        precondition(folded.insert(file.path.lowercased()).inserted, "a file twice")
        let names = file.path.split(separator: "/", omittingEmptySubsequences: false)
        precondition(names.count <= 2 && !names.contains { $0.isEmpty || $0.hasPrefix(".") })
        precondition(!file.path.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\\") })
    }
}

/// Called by libFuzzer with each input: a record each line, in the order in which things were done.
@_cdecl("vigie_fuzz_policyrecords")
func fuzzPolicyRecords(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    var life = PolicyLife()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let problems = ProblemList(file: "r")
        guard let record = PolicyRecord.read(json: Array(line), problems) else {
            precondition(!problems.problems.isEmpty, "a record is refused in silence")
            continue
        }
        let again = PolicyRecord.read(json: Array(record.json.utf8), ProblemList(file: "r"))
        precondition(again == record, "\(record) is written as \(record.json)")
        let before = life
        do throws(PolicyLife.Refusal) {
            try life.apply(record)
            precondition(life.records == before.records + [record], "a record is lost")
        } catch {
            precondition(!error.description.isEmpty && !error.reason.isEmpty, "tells nothing")
            precondition(life.records == before.records, "what is refused is on record")
            precondition(life.requests == before.requests, "what is refused has done something")
            precondition(life.lastActivation == before.lastActivation)
        }
        check(life, record)
    }
    return 0
}

/// Nothing holds that two persons have not agreed to, and nothing that somebody stopped.
private func check(_ life: PolicyLife, _ record: PolicyRecord) {
    for day in [record.day, record.from ?? record.day, CalendarDate.last] {
        let active = life.active(on: day)
        precondition(active == nil || !life.isStopped(on: day), "stopped, and holds")
        for held in [active, life.before(day), life.lastActivation] + life.planned(after: day) {
            guard let held else { continue }
            let (one, two) = (held.requestedBy, held.approvedBy)
            precondition(!PersonIdentity.mayBeOne(one, two), "one person is two")
            let approval = life.records.contains {
                $0.action == .approve && $0.version == held.version
                    && $0.contentHash == held.contentHash && $0.identity == two
            }
            precondition(approval, "holds without a second person")
        }
        let state = life.state(of: record.version, contentHash: record.contentHash, on: day)
        let isIt = active?.version == record.version && active?.contentHash == record.contentHash
        precondition((state == .active) == isIt, "\(state) on \(day)")
    }
}
