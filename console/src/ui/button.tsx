/** Buttons, and links that look like buttons. */
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components';
import styles from './button.module.css';
import { Icon, type IconName } from './icon';

export type Look = 'primary' | 'plain' | 'quiet' | 'danger';

interface Common {
  look?: Look;
  small?: boolean;
  icon?: IconName;
  children?: ReactNode;
}

function className(look: Look, small: boolean | undefined, iconOnly: boolean): string {
  return [styles.button, styles[look], small && styles.small, iconOnly && styles.iconOnly].filter(Boolean).join(' ');
}

export type ButtonProps = Common & Omit<AriaButtonProps, 'className' | 'style' | 'children'>;

/** While it is pending it keeps its place and its focus, and does nothing. */
export function Button({
  look = 'plain',
  small,
  icon,
  children,
  isPending,
  onPress,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      type={isPending ? 'button' : type}
      aria-disabled={isPending || undefined}
      onPress={(event) => !isPending && onPress?.(event)}
      className={className(look, small, !children)}
    >
      {isPending ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

export type ButtonLinkProps = Common & Omit<AriaLinkProps, 'className' | 'style' | 'children'>;

export function ButtonLink({ look = 'plain', small, icon, children, ...rest }: ButtonLinkProps) {
  return (
    <AriaLink {...rest} className={className(look, small, !children)}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaLink>
  );
}

export function TextLink({ children, ...rest }: Omit<AriaLinkProps, 'className' | 'style'>) {
  return (
    <AriaLink {...rest} className={styles.textLink ?? ''}>
      {children}
    </AriaLink>
  );
}
