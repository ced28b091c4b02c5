import {Component, type ReactNode} from 'react';

interface SourceHighlightBoundaryProps {
  /** What is highlighted; with other code it is tried again. */
  readonly code: string;
  /** What is shown instead. */
  readonly plain: ReactNode;
  readonly children: ReactNode;
}

/**
 * Shows the code without colours where the highlighter throws: it recurses over nested strings, and a file
 * that a capture names may nest them thousands deep.
 */
export class SourceHighlightBoundary extends Component<
  SourceHighlightBoundaryProps,
  {readonly hasFailed: boolean}
> {
  static getDerivedStateFromError(): {readonly hasFailed: boolean} {
    return {hasFailed: true};
  }

  override state = {hasFailed: false};

  override componentDidUpdate(previous: SourceHighlightBoundaryProps): void {
    if (this.state.hasFailed && previous.code !== this.props.code) this.setState({hasFailed: false});
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.plain : this.props.children;
  }
}
