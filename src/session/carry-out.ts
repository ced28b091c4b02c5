import type {Effect} from '../store/command.js';
import type {TreeStoreOptions} from './create-tree-store.js';

/** What is to be said about an effect, null mostly; a promise where that is not known at once. */
export type EffectNote = string | null | Promise<string | null>;

/** Lets the host carry out what it has a callback for. */
export function carryOut(effect: Effect, host: TreeStoreOptions): EffectNote {
  switch (effect.kind) {
    case 'quit':
      host.onQuit?.(effect.reason);
      // Ctrl+C ends an app by Ink, without a callback.
      return host.onQuit || effect.reason === 'interrupt' ? null : 'This app does not quit by this key';
    case 'suspend':
      host.onSuspend?.();
      return null;
    case 'reload':
      host.onReload?.();
      return host.onReload ? null : 'This app does not read the capture again';
    case 'save':
      host.onSave?.();
      return null;
    case 'redraw':
      host.onRedraw?.();
      return null;
    case 'requestView': {
      const former = effect.isReading ? host.onSwitchView : host.onSelectView;
      (host.onRequestView ?? former)?.(effect.view);
      return null;
    }
    case 'cancelRequest':
      host.onCancelRequest?.();
      return null;
    case 'copy': {
      const text = host.onCopy?.(effect.what) ?? null;
      return text === null ? 'Nothing here can be copied' : `Copied: ${text}`;
    }
    case 'export':
      return host.onExport ? host.onExport(effect.format, effect.file) : 'This app does not write exports';
    case 'openSource':
      return host.onOpenSource ? host.onOpenSource(effect.request) : 'This app opens no editor';
  }
}
