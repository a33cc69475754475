// SPDX-License-Identifier: Apache-2.0

// What the daemon says of certificates that have ended, are about to, or have
// not begun.

import CommandFiles
import GRPCTransport
import Glibc
import TestCertificates
import Testing
import vigied

@Suite struct CertificateCheckTests {
    private let certificates: TestCertificates

    init() throws { certificates = try TestCertificates.make() }

    private func check(
        _ files: CertificateFiles,
        clientCA: String? = nil,
        isExpiredAllowed: Bool = false,
        after seconds: Int64 = 0
    ) throws -> [String] {
        try warnings(files, clientCA: clientCA, isExpiredAllowed, after: seconds)
            .map(\.description)
    }

    private func warnings(
        _ files: CertificateFiles,
        clientCA: String? = nil,
        _ isExpiredAllowed: Bool = false,
        after seconds: Int64 = 0
    ) throws -> [CertificateCheck.Warning] {
        try CertificateCheck(
            ServerTLSConfiguration(
                certificatePath: files.certificatePath,
                keyPath: files.keyPath,
                clientCAPath: clientCA
            ),
            isExpiredAllowed: isExpiredAllowed,
            now: Int64(time(nil)) + seconds
        ).warnings
    }

    @Test func anExpiredCertificateIsRefusedUnlessAllowed() throws {
        defer { certificates.remove() }
        let files = try certificates.issue("old", .expired)
        let failure = #expect(throws: CommandFailure.self) { try check(files) }
        #expect(failure?.status == .badConfiguration)
        for words in ["CN=old", files.certificatePath, "expired on 20", "--allow-expired"] {
            #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        }
        let warnings = try check(files, isExpiredAllowed: true)
        #expect(warnings.count == 1 && warnings[0].contains("expired on 20"))
    }

    /// A year is good, and at a month's distance the warnings begin.
    @Test(arguments: [(330, 0), (334, 0), (336, 1), (364, 1)])
    func theEndIsWarnedOf(daysLater: Int64, count: Int) throws {
        defer { certificates.remove() }
        let files = try certificates.issue("year", Validity(begin: -60, end: 365 * 86_400))
        let warnings = try check(files, after: daysLater * 86_400 - 60)
        #expect(warnings.count == count)
        for warning in warnings {
            let left = 365 - daysLater
            #expect(warning.contains(left == 1 ? "in a day" : "in \(left) days"), "\(warning)")
        }
        let failure = #expect(throws: CommandFailure.self) {
            try check(files, after: 366 * 86_400)
        }
        #expect(failure?.status == .badConfiguration)
    }

    @Test func aCertificateThatHasNotBegunIsWarnedOf() throws {
        defer { certificates.remove() }
        let warnings = try warnings(try certificates.issue("new", .future))
        let told = warnings.filter { $0.description.contains("not valid before") }
        #expect(told.count == 1)
        // To renew it would be no help.
        #expect(told.allSatisfy { $0.advice.contains("clock") && !$0.advice.contains("renew") })
    }

    @Test func authoritiesOfClientsAreOnlyWarnedOf() throws {
        defer { certificates.remove() }
        let good = try certificates.issue("good", Validity(begin: -60, end: 365 * 86_400))
        let old = try certificates.issue("client", authorityValidity: .expired)
        let warnings = try check(good, clientCA: old.caPath)
        #expect(warnings.count == 1 && warnings[0].contains(old.caPath))
        let failure = #expect(throws: CommandFailure.self) {
            try check(good, clientCA: "/nowhere.pem")
        }
        #expect(failure?.message.contains("no such file") == true)
    }
}
