import {type DwarfSections, emptySection} from '../dwarf/dwarf-file.js';
import type {ByteFile} from '../open-file.js';
import {pageBytes, type Section} from '../section.js';
import type {ElfSection} from './elf-file.js';
import {openSection, type UnpackAllowance} from './open-section.js';

/**
 * The debug information of a file, unpacked where it is compressed, as far as the allowance goes; null if it
 * has none. Throws InvalidSymbolFileError.
 */
export function openDwarfSections(
  file: ByteFile,
  sections: readonly ElfSection[],
  allowance: UnpackAllowance,
): DwarfSections | null {
  const open = (name: string, bytesOfPage: number = pageBytes.sequential): Section => {
    const section =
      sections.findLast(each => each.name === `.${name}` && each.size > 0) ??
      sections.findLast(each => each.name === `.z${name}` && each.size > 0);
    return section === undefined ? emptySection : openSection(file, section, allowance, bytesOfPage);
  };
  const info = open('debug_info');
  if (info.size === 0) return null;
  return {
    info,
    abbrev: open('debug_abbrev'),
    line: open('debug_line'),
    str: open('debug_str', pageBytes.scattered),
    lineStr: open('debug_line_str'),
    ranges: open('debug_ranges'),
    rnglists: open('debug_rnglists'),
    addr: open('debug_addr'),
    strOffsets: open('debug_str_offsets'),
  };
}
