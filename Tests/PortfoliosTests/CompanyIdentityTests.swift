// SPDX-License-Identifier: Apache-2.0

// Who a company is.

import Portfolios
import Quantities
import Testing

@Suite struct CompanyIdentityTests {
    @Test(arguments: [
        ("siren", "552100554", "siren:552100554"), ("siren", "552 100 554", "siren:552100554"),
        ("own", "K-17 é", "own:K-17 é"),
    ])
    func isReadAndWritten(_ kind: String, _ text: String, _ shown: String) throws {
        let identity = try CompanyIdentity(kind: kind, text: text)
        #expect(identity.description == shown)
        #expect(try CompanyIdentity(kind: identity.kind, text: identity.text) == identity)
    }

    @Test(arguments: [
        ("siren", "552100555"), ("siren", "55210055"), ("siren", ""), ("own", ""),
        ("own", "a\nb"), ("own", String(repeating: "x", count: 129)), ("lei", "1"),
        ("vat", "FR1"), ("", "552100554"),
    ])
    func isRefused(_ kind: String, _ text: String) {
        #expect(throws: IdentityError.self) { try CompanyIdentity(kind: kind, text: text) }
    }
}
