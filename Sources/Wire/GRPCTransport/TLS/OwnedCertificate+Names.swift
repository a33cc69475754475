// SPDX-License-Identifier: Apache-2.0

// The alternative names of a certificate, with their kinds, for lists of who is let in.

internal import COpenSSL
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

extension OwnedCertificate {
    /// Each as `dns:`, `uri:`, `email:` or `ip:` and the name. One with a byte of 0 in it, or that
    /// is no UTF-8, is left out: it could be taken for another.
    var names: [String] {
        var list = NameList()
        withUnsafeMutablePointer(to: &list) { list in
            vigie_certificate_names(pointer, list) { context, kind, bytes, count in
                let name = UnsafeBufferPointer(start: bytes, count: count)
                context?.assumingMemoryBound(to: NameList.self).pointee.add(kind, name)
            }
        }
        return list.names
    }
}

private struct NameList {
    var names: [String] = []

    mutating func add(_ kind: Int32, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard names.count < TransportLimits.certificateNamesMax else { return }
        if kind == GEN_IPADD {
            if let address = Self.address(bytes) { names.append("ip:" + address) }
            return
        }
        let prefixes = [
            GEN_DNS: "dns:", GEN_URI: "uri:", GEN_EMAIL: "email:",
        ]
        guard let prefix = prefixes[kind], !bytes.contains(0),
            let name = String(validating: bytes, as: UTF8.self)
        else { return }
        // Names of hosts are the same in any case of their letters.
        names.append(prefix + (kind == GEN_DNS ? name.lowercased() : name))
    }

    /// An address as inet_ntop writes it.
    private static func address(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes.baseAddress, &text, socklen_t(text.count)) != nil else {
            return nil
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
