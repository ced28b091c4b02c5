export default function restoreCursor() {}
