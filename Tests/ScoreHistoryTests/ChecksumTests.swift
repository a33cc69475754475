// SPDX-License-Identifier: Apache-2.0

// Checksums, against those that the Python package xxhash 3 gives.

import ScoreHistory
import Testing

@Suite struct ChecksumTests {
    /// How many bytes, the checksum without a seed, and that with one.
    static let known: [(Int, UInt64, UInt64)] = [
        (0, 0xEF46_DB37_51D8_E999, 0xC434_9FC9_3C01_0000),
        (1, 0x1F25_C8D0_BC1F_4BB6, 0x7982_6BCD_749D_267A),
        (3, 0x31D2_363F_52E5_64C9, 0x78EF_D775_75E2_6575),
        (4, 0x9BB6_4B7D_66EE_9FDA, 0x6F0A_6C97_D68B_F353),
        (7, 0x9A7B_1499_59CE_60D8, 0xD97E_DE93_C9D6_6A0D),
        (8, 0xDAB9_9D95_C6F9_0092, 0xA2F1_E284_37A7_8A1B),
        (12, 0xD52E_4078_33AF_5133, 0xBCC9_F0D6_16FF_9A7B),
        (31, 0xA2AA_5F33_CC4A_6119, 0x7554_3727_1D1D_0A84),
        (32, 0x23C3_C17E_F790_FD97, 0xBF62_4B93_2C09_0428),
        (33, 0x50A7_CFC7_BA58_8784, 0x7ACE_AF1E_9D34_EA35),
        (63, 0x5E3E_54B4_31C7_493C, 0x2C8D_DCE5_C85D_0D9D),
        (64, 0x0EB6_4B3E_F6EE_B01F, 0x4AF3_41F1_4E3A_6FC9),
        (100, 0xA61F_8D4C_170F_E531, 0xF6D8_F65C_625A_BB4F),
        (199, 0xF7EF_D343_0A01_DE39, 0x3F58_74E9_36D1_719F),
    ]

    @Test(arguments: known)
    func givesWhatTheReferenceGives(count: Int, plain: UInt64, seeded: UInt64) {
        // One byte before, so that words do not lie where words do.
        let bytes = [0] + (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
        bytes.withUnsafeBytes {
            let bytes = UnsafeRawBufferPointer(rebasing: $0.dropFirst())
            #expect(Checksum.of(bytes) == plain)
            #expect(Checksum.of(bytes, seed: 0x9E37_79B9_7F4A_7C15) == seeded)
        }
    }
}
